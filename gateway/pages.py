"""The web client's files: the player's page at /, the host's at /host, what they need under /static."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

WEB_FOLDER = Path(__file__).parent / "web"
# Pages and files belong together: asked for every time, sent only when changed (ETag).
CACHE_CONTROL = "no-cache"


class _Files(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = CACHE_CONTROL
        return response


def page_routes(folder: Path = WEB_FOLDER) -> list[BaseRoute]:
    """Routes of the files in `folder`: index.html, host.html, static/."""
    pages = _Files(directory=folder, check_dir=False)
    return [
        Route("/", _page(pages, "index.html")),
        Route("/host", _page(pages, "host.html")),
        Mount("/static", _Files(directory=folder / "static", check_dir=False)),
    ]


def _page(files: _Files, name: str) -> Callable[[Request], Awaitable[Response]]:
    async def page(request: Request) -> Response:
        return await files.get_response(name, request.scope)

    return page
