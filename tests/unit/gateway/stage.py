"""Gateways on real uvicorn servers and free ports, over the fakes of every port, and clients for them."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import uvicorn

from gateway.access.identity import Identity, Role
from gateway.access.tokens import Tokens
from gateway.app import Gateway, Options, Ports
from gateway.results.reading import ResultsReader
from gateway.server import configuration
from shared.adapters.guest_hosts import GuestHosts
from shared.adapters.memory import MemorySystem
from shared.domain.library import entry_of
from shared.domain.player import Player
from shared.domain.quiz import Quiz
from shared.domain.session import Session
from shared.events.feed_bodies import LeaderboardBody, Lobby, LobbyBody, SessionBody, encode_body
from shared.events.payloads import LeaderboardUpdated, PlayerJoined
from shared.events.views import session_changed
from shared.ports.feed import Register
from shared.ports.identity_provider import IdentityProvider
from tests.story import QUIZ, SESSION_ID

SECRET = "a secret of at least thirty-two characters"
HOST_ID = "0ade1e0b9c5d4f0f8d52d1b3a4c6e7f8"
DEADLINE_S = 10.0
Message = dict[str, Any]


async def until(condition: Callable[[], bool], *, within_s: float = DEADLINE_S) -> None:
    """Wait for a condition; fail loudly when it does not come."""
    deadline_s = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline_s:
            raise AssertionError(f"expected the condition within {within_s} s")
        await asyncio.sleep(0.005)


@dataclass(slots=True)
class Client:
    """A WebSocket client that reads when asked to."""

    socket: aiohttp.ClientWebSocketResponse

    async def say(self, **message: Any) -> None:
        await self.socket.send_str(json.dumps(message))

    async def hear(self) -> Message:
        """The next message."""
        frame = await self.socket.receive(timeout=DEADLINE_S)
        if frame.type is not aiohttp.WSMsgType.TEXT:
            raise AssertionError(f"expected a message, got {frame.type!r} {self.socket.close_code}")
        message: Message = json.loads(frame.data)
        return message

    async def hear_type(self, kind: str) -> Message:
        """The next message of a type; others are passed over."""
        while True:
            message = await self.hear()
            if message["type"] == kind:
                return message

    async def close_code(self) -> int | None:
        """Read to the end."""
        while True:
            frame = await self.socket.receive(timeout=DEADLINE_S)
            if frame.type is not aiohttp.WSMsgType.TEXT:
                return self.socket.close_code


@dataclass(slots=True)
class Running:
    """One gateway that serves."""

    id: str
    url: str
    gateway: Gateway
    server: uvicorn.Server
    serving: asyncio.Task[None]
    http: aiohttp.ClientSession

    async def connect(self, **headers: str) -> Client:
        socket = await self.http.ws_connect(f"{self.url}/ws", headers=headers, max_msg_size=0)
        return Client(socket)

    async def follow(self, **hello: Any) -> Client:
        """Connected, with hello said."""
        client = await self.connect()
        await client.say(type="hello", **hello)
        return client

    async def stop(self) -> None:
        self.server.should_exit = True
        await self.serving


@dataclass(slots=True)
class Stage:
    """The fakes, the gateways on them, and the acts of functions that the gateway waits for."""

    system: MemorySystem
    http: aiohttp.ClientSession
    stack: AsyncExitStack
    running: list[Running] = field(default_factory=list)

    async def start(
        self,
        gateway_id: str = "gateway-0",
        *,
        trusted_proxies: tuple[str, ...] = (),
        identity_provider: IdentityProvider | None = None,
        **options: Any,
    ) -> Running:
        """A gateway, with its channel subscribed."""
        ports = ports_of(self.system, identity_provider=identity_provider or GuestHosts())
        gateway = Gateway(ports, Options(gateway_id=gateway_id, token_secret=SECRET, **options))
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            configuration(gateway.application, host="127.0.0.1", port=0, trusted_proxies=trusted_proxies)
        )
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        running = Running(gateway_id, url, gateway, server, serving, self.http)
        self.running.append(running)
        self.stack.push_async_callback(running.stop)
        await until(lambda: server.started and bool(self.system.redis.channels.get(gateway_id)))
        return running

    async def put_session(self, session: Session) -> int | None:
        """What broadcast does with a session event."""
        body = encode_body(SessionBody(session=session_changed(session, QUIZ)))
        return await self.system.feed.append(session.id, Register.SESSION, session.version, body)

    async def put_lobby(self, players: int, *, shown: int = 0) -> int | None:
        nicknames = tuple(f"Player {number:017d}" for number in range(shown))
        body = encode_body(LobbyBody(lobby=Lobby(players=players, nicknames=nicknames)))
        return await self.system.feed.append(SESSION_ID, Register.LOBBY, players, body)

    async def put_leaderboard(self, version: int, *, question: int = 0) -> int | None:
        board = LeaderboardUpdated(
            version=version, edition=version, players=version, question=question, answered=version, top=()
        )
        body = encode_body(LeaderboardBody(leaderboard=board))
        return await self.system.feed.append(SESSION_ID, Register.LEADERBOARD, version, body)

    async def admit(self, gateway_id: str, event: Any) -> None:
        """What join and broadcast do with a request that breaks no rule."""
        request = event.data
        joined = PlayerJoined(
            request_id=request.request_id,
            player_id=request.player_id,
            nickname=request.nickname,
            joined_at_ms=request.received_at_ms,
            gateway=gateway_id,
        )
        body = json.dumps({name: getattr(joined, name) for name in joined.__struct_fields__}).encode()
        await self.system.feed.send_join_outcome(event.subject, gateway_id, request.request_id, body)

    def token(self, player: Player) -> str:
        identity = Identity(
            session_id=player.session_id, role=Role.PLAYER, player_id=player.id, nickname=player.nickname
        )
        return self._tokens().mint(identity)

    def host_token(self, session_id: str = SESSION_ID) -> str:
        return self._tokens().mint(Identity(session_id=session_id, role=Role.HOST))

    def author_token(self, host_id: str = HOST_ID) -> str:
        return self._tokens().mint(Identity(session_id="", role=Role.AUTHOR, host_id=host_id))

    async def own_quiz(self, quiz: Quiz = QUIZ, *, host_id: str = HOST_ID) -> None:
        """As if this host had published it."""
        await self.system.quizzes.add(quiz)
        await self.system.library.put(entry_of(quiz, owner_id=host_id))

    def _tokens(self) -> Tokens:
        return Tokens(secret=SECRET, clock=self.system.clock)


def ports_of(system: MemorySystem, *, identity_provider: IdentityProvider) -> Ports:
    """Every fake in its place."""

    async def answers() -> None:
        await system.registry.heartbeat("probe", {})

    return Ports(
        publisher=system.publisher,
        sessions=system.sessions,
        quizzes=system.quizzes,
        library=system.library,
        drafts=system.drafts,
        images=system.images,
        identity_provider=identity_provider,
        players=system.players,
        answers=system.answers,
        openings=system.openings,
        scores=system.scores,
        results=ResultsReader(players=system.players, answers=system.answers, scores=system.scores),
        snapshots=system.snapshots,
        board=system.board,
        feed=system.feed,
        registry=system.registry,
        deadlines=system.deadlines,
        limits=system.limits,
        clock=system.clock,
        probes={"redis": answers},
    )


@asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    """A stage without gateways; those that are started are stopped."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession())
        yield Stage(MemorySystem(), http, stack)
