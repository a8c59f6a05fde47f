"""What a client says after its hello: each message is limited, authorised and answered on its own."""

import asyncio

import msgspec
import structlog

from gateway import trace
from gateway.access.identity import Role
from gateway.answer_desk import AnswerDesk
from gateway.connections.close_codes import CloseCode
from gateway.connections.connection import Connection
from gateway.connections.frames import text_frame
from gateway.feed.reactions import Reactions
from shared.domain.errors import RefusalCode, TransientFailure
from shared.ports.clock import Clock
from shared.protocol import Ack, Answer, Error, Hello, Open, Ping, Pong, React, ServerMessage, parse

# Messages above the limit, or that are none, before the connection is closed. A good one makes up for a bad one.
MOST_MISTAKES = 50
# Answers of one connection that Kafka has not acknowledged: a person gives one at a time.
MOST_IN_FLIGHT = 4
CLOSE_WITHIN_S = 2.0

logger = structlog.get_logger()
_encoder = msgspec.json.Encoder()


class Inbox:
    """One for all connections of a gateway."""

    def __init__(self, *, desk: AnswerDesk, reactions: Reactions, clock: Clock) -> None:
        self._desk = desk
        self._reactions = reactions
        self._clock = clock
        self._publications: set[asyncio.Task[None]] = set()

    def take(self, connection: Connection, text: str) -> None:
        """Act on one message. Never waits: a publication under way does not hold up the next message."""
        if not connection.bucket.take():
            self._complain(
                connection, Error(code=RefusalCode.RATE_LIMITED, message="too many messages", retry=True)
            )
            return
        try:
            message = parse(text)
        except msgspec.DecodeError as error:
            self._complain(connection, Error(code="message_invalid", message=str(error)))
            return
        connection.mistakes = max(0, connection.mistakes - 1)
        match message:
            case Ping():
                say(connection, Pong(id=message.id, server_time_ms=self._clock.now_ms()))
            case Answer() | Open():
                self._take(connection, message)
            case React():
                self._react(connection, message)
            case Hello():
                self._complain(connection, Error(code="hello_repeated", message="expected one hello, got another"))

    async def close(self) -> None:
        """Give the publications under way a moment; what is not acknowledged by then, its player sends again."""
        if self._publications:
            _, unfinished = await asyncio.wait(self._publications, timeout=CLOSE_WITHIN_S)
            for publication in unfinished:
                publication.cancel()

    def _take(self, connection: Connection, message: Answer | Open) -> None:
        if connection.identity.role is not Role.PLAYER:
            error = Error(code=RefusalCode.TOKEN_INVALID, message="expected a player's token", id=message.id)
            self._complain(connection, error)
            return
        if connection.in_flight >= MOST_IN_FLIGHT:
            say(
                connection,
                Error(
                    code=RefusalCode.RATE_LIMITED,
                    message=f"expected at most {MOST_IN_FLIGHT} answers under way",
                    id=message.id,
                    retry=True,
                ),
            )
            return
        connection.in_flight += 1
        publication = asyncio.create_task(self._publish(connection, message))
        self._publications.add(publication)
        publication.add_done_callback(self._published)

    def _react(self, connection: Connection, message: React) -> None:
        """One that crossed with the next question is nobody's mistake; a player's page asks for no other."""
        if connection.identity.role is not Role.PLAYER:
            self._complain(connection, Error(code=RefusalCode.TOKEN_INVALID, message="expected a player's token"))
        elif not self._reactions.take(connection, message.reaction):
            problem = "expected a session with reactions, between its questions"
            say(connection, Error(code=RefusalCode.REACTIONS_NOT_OPEN, message=problem))

    async def _publish(self, connection: Connection, message: Answer | Open) -> None:
        try:
            await self._send_out(connection, message)
        except TransientFailure as failure:
            logger.warning("answer_not_taken", session_id=connection.identity.session_id, reason=str(failure))
            say(connection, unavailable(message.id))
        else:
            say(connection, Ack(id=message.id, question=message.question))
        finally:
            connection.in_flight -= 1

    async def _send_out(self, connection: Connection, message: Answer | Open) -> None:
        if isinstance(message, Open):
            await self._desk.request(
                connection.identity,
                request_id=message.id,
                question=message.question,
                traceparent=trace.begun(),
            )
            return
        await self._desk.submit(
            connection.identity,
            answer_id=message.id,
            question=message.question,
            value=message.value,
            traceparent=trace.begun(),
        )

    def _published(self, publication: asyncio.Task[None]) -> None:
        self._publications.discard(publication)
        if not publication.cancelled() and publication.exception() is not None:
            logger.error("publication_crashed", exc_info=publication.exception())

    def _complain(self, connection: Connection, error: Error) -> None:
        connection.mistakes += 1
        say(connection, error)
        if connection.mistakes > MOST_MISTAKES:
            connection.close(CloseCode.POLICY_VIOLATION, error.code)


def say(connection: Connection, message: ServerMessage) -> None:
    connection.reply(text_frame(_encoder.encode(message)))


def unavailable(message_id: str | None = None) -> Error:
    return Error(code="unavailable", message="the service cannot take this now", id=message_id, retry=True)
