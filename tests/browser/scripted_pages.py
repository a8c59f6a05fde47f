"""The real pages on a gateway that does what the test says: for what a real one does too seldom to wait for."""

import functools
import re
from typing import Any

import msgspec
from aiohttp import web

from gateway.api.context import SECURITY_HEADERS
from gateway.pages import PageFile, load_pages
from tests.unit.client.scripted_gateway import ScriptedGateway, session_changed

NOW_MS = 1_000_000  # what the scripted gateway's pongs say, too
FOUND: dict[str, Any] = {
    "session_id": "s1",
    "code": "ABCDEF",
    "phase": "lobby",
    "version": 1,
    "title": "A taste of everything",
    "question_count": 7,
    "question": -1,
    "players": 38,
    "late_join": True,
    "locked": False,
    "pacing": "host",
    "nicknames": "free",
    "teams": [],
    "team_choice": "picked",
    "spectators": True,
    "language": "en",
}


class ScriptedPages(ScriptedGateway):
    """Serves the built client, under the gateway's own policy, beside the scripted API and WebSocket.

    `found`: what a look-up of any code finds, unless it has a `standing` reply, and `roster` the free names there.
    Of any question nobody's pick is counted. They take none of the `replies`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Any] = dict(FOUND)
        self.roster: list[str] = ["Ada Lovelace", "Grace Hopper", "Hedy Lamarr"]
        for path, file in load_pages().files.items():
            self._server.app.router.add_get(path, functools.partial(_page, file))

    async def _reply(self, request: web.Request) -> web.Response:
        if f"{request.method} {request.path}" in self.standing:
            return await super()._reply(request)
        if request.method == "GET" and re.fullmatch(r"/api/sessions/[^/]+", request.path):
            return web.Response(body=msgspec.json.encode(self.found), content_type="application/json")
        if request.method == "GET" and re.fullmatch(r"/api/sessions/[^/]+/roster", request.path):
            count = len(self.roster)
            return web.json_response({"names": self.roster, "free": count, "listed": count})
        if request.method == "GET" and request.path.endswith("/counts"):
            return web.json_response({"index": 0, "answered": 0, "correct": None, "picked": []})
        return await super()._reply(request)


async def _page(file: PageFile, _: web.Request) -> web.Response:
    kind = {"content-type": file.media_type, "cache-control": file.cache_control}
    return web.Response(body=file.contents[""], headers={**SECURITY_HEADERS, **kind})


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
