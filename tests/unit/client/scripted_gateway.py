"""A gateway that does what a test tells it: real HTTP and a real WebSocket, no rules of its own."""

import asyncio
from collections import deque
from typing import Any

import msgspec
from aiohttp import web
from aiohttp.test_utils import TestServer

from shared.protocol import Answer, ClientMessage, Hello, Ping, parse

WAIT_S = 5.0


class ScriptedConnection:
    """One WebSocket as the server holds it. Pings are answered at once, so that scripts need not."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self._socket = socket
        self._inbox: asyncio.Queue[ClientMessage] = asyncio.Queue()
        self.answers_pings = True

    async def serve(self) -> None:
        async for frame in self._socket:
            message = parse(frame.data)
            if not isinstance(message, Ping):
                self._inbox.put_nowait(message)
            elif self.answers_pings:
                await self.send({"type": "pong", "id": message.id, "server_time_ms": 1_000_000})

    async def message(self) -> ClientMessage:
        """The next one, whatever it is."""
        async with asyncio.timeout(WAIT_S):
            return await self._inbox.get()

    async def hello(self) -> Hello:
        message = await self.message()
        assert isinstance(message, Hello)
        return message

    async def answer(self) -> Answer:
        message = await self.message()
        assert isinstance(message, Answer)
        return message

    async def send(self, message: object) -> None:
        await self._socket.send_str(msgspec.json.encode(message).decode())

    async def close(self, code: int = 1012) -> None:
        await self._socket.close(code=code)


class ScriptedGateway:
    """`replies` are given to HTTP requests one after another, `standing` to each that has such a method and path;
    `requests` are those that came. `is_silent`: new connections are taken, and told nothing.
    """

    def __init__(self) -> None:
        self.replies: deque[tuple[int, Any]] = deque()
        self.standing: dict[str, tuple[int, Any]] = {}
        self.requests: list[tuple[str, str, Any, str | None]] = []
        self.is_silent = False
        self._connections: asyncio.Queue[ScriptedConnection] = asyncio.Queue()
        application = web.Application()
        application.router.add_get("/ws", self._socket)
        application.router.add_route("*", "/api/{rest:.*}", self._reply)
        self._server = TestServer(application)

    @property
    def url(self) -> str:
        return str(self._server.make_url("/"))

    async def start(self) -> None:
        await self._server.start_server()

    async def stop(self) -> None:
        await self._server.close()

    async def connection(self) -> ScriptedConnection:
        """The next connection that a client opens."""
        async with asyncio.timeout(WAIT_S):
            return await self._connections.get()

    def forget_connections(self) -> None:
        """Those that nobody has asked for."""
        while not self._connections.empty():
            self._connections.get_nowait()

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = ScriptedConnection(socket)
        connection.answers_pings = not self.is_silent
        self._connections.put_nowait(connection)
        await connection.serve()
        return socket

    async def _reply(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.requests.append(
            (
                request.method,
                request.path,
                _decoded(request, body),
                request.headers.get("authorization"),
            )
        )
        standing = self.standing.get(f"{request.method} {request.path}")
        status, reply = standing if standing is not None else self.replies.popleft()
        return web.Response(status=status, body=msgspec.json.encode(reply), content_type="application/json")


def _decoded(request: web.Request, body: bytes) -> Any:
    return msgspec.json.decode(body) if body and request.content_type == "application/json" else body or None


def session_changed(version: int = 1, phase: str = "lobby", question: int | None = None) -> dict[str, Any]:
    """The public state of a session of three questions."""
    state: dict[str, Any] = {"version": version, "phase": phase, "title": "Stars", "question_count": 3}
    if question is not None:
        state["question"] = {
            "index": question,
            "type": "single",
            "prompt": "Which?",
            "choices": ["a", "b"],
            "time_limit_ms": 20_000,
            "points": 1_000,
            "image_url": "",
            "opened_at_ms": 1_000,
            "closes_at_ms": 21_000,
        }
    return state


def leaderboard(version: int, *, question: int = 0) -> dict[str, Any]:
    return {
        "version": version,
        "edition": version,
        "players": 1,
        "question": question,
        "answered": version,
        "top": [],
    }


def snapshot(seq: int, *, session: dict[str, Any] | None = None, version: int = 0) -> dict[str, Any]:
    return {
        "type": "snapshot",
        "seq": seq,
        "server_time_ms": 1_000_000,
        "code": "ABCDEF",
        "role": "player",
        "session": session or session_changed(),
        "leaderboard": leaderboard(version),
        "lobby": {"players": 1, "nicknames": ["Ada"]},
    }


def own_place(question: int, gained: int) -> dict[str, Any]:
    return {
        "player_id": "p1",
        "nickname": "Ada",
        "rank": 1,
        "points": gained,
        "total_ms": 10,
        "question": question,
        "gained": gained,
        "correct": gained > 0,
    }
