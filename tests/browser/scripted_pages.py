"""The real pages on a gateway that does what the test says: for what a real one does too seldom to wait for."""

import mimetypes
from pathlib import Path
from typing import Any

from aiohttp import web

from gateway.api.context import SECURITY_HEADERS
from tests.unit.client.scripted_gateway import ScriptedGateway, session_changed

WEB = Path(__file__).parents[2] / "gateway" / "web"
PAGES = {"/": "index.html", "/host": "host.html"}
NOW_MS = 1_000_000  # what the scripted gateway's pongs say, too


class ScriptedPages(ScriptedGateway):
    """Serves gateway/web, under the gateway's own policy, beside the scripted API and WebSocket."""

    def __init__(self) -> None:
        super().__init__()
        router = self._server.app.router
        for path in (*PAGES, "/static/{name}"):
            router.add_get(path, _page)


async def _page(request: web.Request) -> web.Response:
    file = WEB / PAGES.get(request.path, request.path.removeprefix("/"))
    kind, _ = mimetypes.guess_type(file.name)
    return web.Response(body=file.read_bytes(), content_type=kind or "", headers=SECURITY_HEADERS)


def open_question(kind: str, choices: tuple[str, ...] = (), *, version: int = 2, **changed: Any) -> dict[str, Any]:
    """The session in its first question, which has been open for 6 of its 20 seconds."""
    session = session_changed(version=version, phase="question_open", question=0)
    session["question"] |= {
        "type": kind,
        "choices": list(choices),
        "prompt": "Which of these do you think it is?",
        "opened_at_ms": NOW_MS - 6_000,
        "closes_at_ms": NOW_MS + 14_000,
        **changed,
    }
    return session
