"""The real pages on a gateway that does what the test says: for what a real one does too seldom to wait for."""

from pathlib import Path

from aiohttp import web

from tests.unit.client.scripted_gateway import ScriptedGateway

WEB = Path(__file__).parents[2] / "gateway" / "web"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


class ScriptedPages(ScriptedGateway):
    """Serves gateway/web beside the scripted API and WebSocket."""

    def __init__(self) -> None:
        super().__init__()
        router = self._server.app.router
        router.add_get("/", self._page)
        router.add_get("/host", self._page)
        router.add_get("/static/{name}", self._page)

    async def _page(self, request: web.Request) -> web.Response:
        path = {"/": "index.html", "/host": "host.html"}.get(request.path, request.path.removeprefix("/"))
        file = WEB / path
        return web.Response(
            body=file.read_bytes(),
            content_type=TYPES[file.suffix],
            headers={"content-security-policy": POLICY},
        )
