"""The composition root: ports in, one ASGI application with its loops out. Knows no adapter."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.access.tokens import Tokens
from gateway.answer_desk import AnswerDesk
from gateway.api.answers import AnswerHandlers
from gateway.api.attendance import AttendanceHandlers
from gateway.api.closed_questions import ClosedQuestions
from gateway.api.context import RequestContext
from gateway.api.counts import CountsHandlers
from gateway.api.drafts import DraftHandlers
from gateway.api.errors import error_response
from gateway.api.hosting import HostingHandlers
from gateway.api.hosts import HostHandlers
from gateway.api.images import ImageHandlers
from gateway.api.imports import ImportHandlers
from gateway.api.leaderboards import LeaderboardHandlers
from gateway.api.players import OUTCOME_WITHIN_S, PlayerHandlers
from gateway.api.practices import PracticeHandlers
from gateway.api.quizzes import QuizHandlers
from gateway.api.results import ResultsHandlers
from gateway.api.roster import RosterHandlers
from gateway.api.service import service_routes
from gateway.api.sessions import SessionHandlers
from gateway.api.table import Handlers, operations
from gateway.connections.close_codes import CloseCode
from gateway.farewell import Farewell
from gateway.feed.hubs import BEHIND_AT_MOST_S, Hubs
from gateway.feed.progress import Progress
from gateway.feed.reactions import Reactions
from gateway.feed.registers import StoredRegisters
from gateway.feed.relay import Relay
from gateway.heartbeat import Heartbeat
from gateway.images.copies import ImageCopies
from gateway.images.process import ImageProcess
from gateway.images.routes import image_routes
from gateway.inbox import Inbox
from gateway.library.drafting import Drafting
from gateway.library.publishing import Publishing
from gateway.metrics import Gauge
from gateway.openapi import openapi
from gateway.pages import Pages
from gateway.readiness import LATELY_S, Probe, Readiness
from gateway.results.process import ResultsFiles
from gateway.results.reading import ResultsReader
from gateway.sessions.awakening import Awakening
from gateway.sessions.codes import CodeLookup
from gateway.sessions.control import SessionControl
from gateway.sessions.deadlines import DeadlineLoop
from gateway.sessions.joins import Joins
from gateway.supervision import Supervisor
from gateway.websocket import HELLO_WITHIN_S, WebSocketEndpoint
from shared.ports.answers import Answers
from shared.ports.board import Board
from shared.ports.clock import Clock
from shared.ports.deadlines import Deadlines
from shared.ports.drafts import Drafts
from shared.ports.feed import FeedReader
from shared.ports.identity_provider import IdentityProvider
from shared.ports.images import Images
from shared.ports.library import Library
from shared.ports.limits import Limits
from shared.ports.openings import Openings
from shared.ports.players import Players
from shared.ports.publisher import Publisher
from shared.ports.quizzes import Quizzes
from shared.ports.registry import Registry
from shared.ports.scores import Scores
from shared.ports.sessions import Sessions
from shared.ports.snapshots import Snapshots

# Clients that are sent away at once come back at once; spread over this long they do not.
DRAIN_S = 3.0

logger = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """What the gateway needs from outside. `probes`: for each part, a call that raises when it is away."""

    publisher: Publisher
    sessions: Sessions
    quizzes: Quizzes
    library: Library
    drafts: Drafts
    images: Images
    identity_provider: IdentityProvider
    players: Players
    answers: Answers
    openings: Openings
    scores: Scores
    results: ResultsFiles
    snapshots: Snapshots
    board: Board
    feed: FeedReader
    registry: Registry
    deadlines: Deadlines
    limits: Limits
    clock: Clock
    probes: Mapping[str, Probe]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What can be chosen."""

    gateway_id: str
    token_secret: str
    allowed_origins: tuple[str, ...] = ()
    outcome_within_s: float = OUTCOME_WITHIN_S
    hello_within_s: float = HELLO_WITHIN_S
    behind_at_most_s: float = BEHIND_AT_MOST_S
    lately_s: float = LATELY_S
    pages: Pages = Pages()  # noqa: RUF009 - frozen, and empty


class Gateway:
    """`application` is ASGI; its lifespan starts and stops the loops. drain() first, on SIGTERM.

    `hubs`, `websocket` and `readiness` are there to be looked at.
    """

    def __init__(self, ports: Ports, options: Options) -> None:
        self._ports = ports
        self._options = options
        self._supervisor = Supervisor()
        self._joins = Joins()
        self._tokens = Tokens(secret=options.token_secret, clock=ports.clock)
        self._codes = CodeLookup(ports.sessions)
        self._awakening = Awakening(
            gateway_id=options.gateway_id, publisher=ports.publisher, limits=ports.limits, clock=ports.clock
        )
        self._desk = AnswerDesk(publisher=ports.publisher, clock=ports.clock, awakening=self._awakening)
        self.hubs = self._make_hubs()
        self._reactions = Reactions(hubs=self.hubs, feed=ports.feed)
        self._inbox = Inbox(desk=self._desk, reactions=self._reactions, clock=ports.clock)
        self._control = SessionControl(
            sessions=ports.sessions,
            quizzes=ports.quizzes,
            deadlines=ports.deadlines,
            publisher=ports.publisher,
            clock=ports.clock,
        )
        self.readiness = Readiness(probes=ports.probes, supervisor=self._supervisor, lately_s=options.lately_s)
        self.websocket = WebSocketEndpoint(
            hubs=self.hubs,
            inbox=self._inbox,
            tokens=self._tokens,
            codes=self._codes,
            sessions=ports.sessions,
            allowed_origins=options.allowed_origins,
            cut_off_from=self.readiness.cut_off_from,
            hello_within_s=options.hello_within_s,
        )
        self._farewell = Farewell(hubs=self.hubs, readiness=self.readiness)
        self.application: ASGIApp = self._make_application()

    async def drain(self, *, within_s: float = DRAIN_S) -> None:
        """Take nobody new, and send everybody away, one after the other."""
        self.readiness.is_draining = self.websocket.is_draining = True
        await self._farewell.send_away(CloseCode.SERVICE_RESTART, "restart", within_s=within_s)

    def _make_hubs(self) -> Hubs:
        ports = self._ports
        return Hubs(
            gateway_id=self._options.gateway_id,
            sessions=ports.sessions,
            quizzes=ports.quizzes,
            stored=StoredRegisters(players=ports.players, snapshots=ports.snapshots),
            progress=Progress(answers=ports.answers, openings=ports.openings),
            board=ports.board,
            feed=ports.feed,
            registry=ports.registry,
            clock=ports.clock,
            behind_at_most_s=self._options.behind_at_most_s,
        )

    def _make_application(self) -> ASGIApp:
        ports, options = self._ports, self._options
        table = operations(self._make_handlers())
        pages = Starlette(
            routes=[
                *(operation.route(tokens=self._tokens, limits=ports.limits) for operation in table),
                *service_routes(readiness=self.readiness, gauges=self._gauges, description=openapi(table)),
                *image_routes(ImageCopies(ports.images)),
                *options.pages.routes(),
            ],
            exception_handlers={HTTPException: _http_error, Exception: _crash},
            lifespan=self._lifespan,
        )
        return _ByKind(http=RequestContext(pages), websocket=self.websocket)

    def _make_handlers(self) -> Handlers:
        ports = self._ports
        publishing = Publishing(quizzes=ports.quizzes, library=ports.library, clock=ports.clock)
        closed = ClosedQuestions(
            reader=ResultsReader(players=ports.players, answers=ports.answers, scores=ports.scores),
            sessions=ports.sessions,
            quizzes=ports.quizzes,
        )
        return Handlers(
            hosts=HostHandlers(provider=ports.identity_provider, tokens=self._tokens),
            quizzes=QuizHandlers(publishing),
            imports=ImportHandlers(publishing),
            drafts=DraftHandlers(Drafting(drafts=ports.drafts, publishing=publishing, clock=ports.clock)),
            images=ImageHandlers(process=ImageProcess(), images=ports.images, limits=ports.limits),
            hosting=HostingHandlers(
                control=self._control,
                publishing=publishing,
                sessions=ports.sessions,
                quizzes=ports.quizzes,
                players=ports.players,
                tokens=self._tokens,
            ),
            sessions=SessionHandlers(
                control=self._control,
                sessions=ports.sessions,
                quizzes=ports.quizzes,
                players=ports.players,
                codes=self._codes,
            ),
            roster=RosterHandlers(codes=self._codes, sessions=ports.sessions, players=ports.players),
            attendance=AttendanceHandlers(sessions=ports.sessions, players=ports.players),
            players=self._make_player_handlers(),
            answers=AnswerHandlers(desk=self._desk, limits=ports.limits),
            practices=PracticeHandlers(
                control=self._control,
                publishing=publishing,
                quizzes=ports.quizzes,
                tokens=self._tokens,
            ),
            leaderboards=LeaderboardHandlers(sessions=ports.sessions, snapshots=ports.snapshots),
            counts=CountsHandlers(codes=self._codes, sessions=ports.sessions, closed=closed),
            results=ResultsHandlers(closed=closed, files=ports.results, sessions=ports.sessions),
        )

    def _make_player_handlers(self) -> PlayerHandlers:
        ports, options = self._ports, self._options
        return PlayerHandlers(
            gateway_id=options.gateway_id,
            codes=self._codes,
            joins=self._joins,
            feed=ports.feed,
            publisher=ports.publisher,
            tokens=self._tokens,
            clock=ports.clock,
            outcome_within_s=options.outcome_within_s,
        )

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        ports, gateway_id = self._ports, self._options.gateway_id
        deadlines = DeadlineLoop(
            deadlines=ports.deadlines, sessions=ports.sessions, control=self._control, clock=ports.clock
        )
        heartbeat = Heartbeat(
            gateway_id=gateway_id,
            registry=ports.registry,
            hubs=self.hubs,
            sessions=ports.sessions,
            deadlines=deadlines,
            publisher=ports.publisher,
            clock=ports.clock,
        )
        relay = Relay(gateway_id=gateway_id, feed=ports.feed, hubs=self.hubs, joins=self._joins)
        self._supervisor.start("readiness", self.readiness.run)
        self._supervisor.start("relay", relay.run)
        self._supervisor.start("heartbeat", heartbeat.run)
        self._supervisor.start("deadlines", deadlines.run)
        self._supervisor.start("awakening", self._awakening.run)
        self._supervisor.start("hubs", self.hubs.sweep)
        self._supervisor.start("reactions", self._reactions.run)
        self._supervisor.start("farewell", self._farewell.run)
        try:
            yield
        finally:
            await self._inbox.close()
            await self._supervisor.stop()
            await self.hubs.close()

    def _gauges(self) -> list[Gauge]:
        hubs = self.hubs.all()
        held = sum(len(hub.connections) for hub in hubs)
        return [
            Gauge("connections", "Open WebSocket connections.", self.websocket.connections),
            Gauge("sessions", "Sessions with a hub on this gateway.", len(hubs)),
            Gauge("attached_connections", "Connections that follow a session.", held),
            Gauge(
                "tasks", "Tasks of the event loop: some for each connection and session.", len(asyncio.all_tasks())
            ),
            Gauge("ready", "1 when /readyz says so.", 0 if self.readiness.problems() else 1),
        ]


class _ByKind:
    """WebSockets go past the HTTP stack: five coroutines less for each, for as long as it lasts."""

    def __init__(self, *, http: ASGIApp, websocket: ASGIApp) -> None:
        self._http = http
        self.websocket = websocket

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        application = self.websocket if scope["type"] == "websocket" else self._http
        await application(scope, receive, send)


async def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "request_invalid")
    return error_response(error.status_code, code, error.detail, headers=dict(error.headers or {}))


async def _crash(_: Request, error: Exception) -> Response:
    logger.error("request_crashed", exc_info=error)
    return error_response(500, "internal", "something went wrong here")
