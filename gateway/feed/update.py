"""A numbered message of a feed, with the little of its body that the gateway must know."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import msgspec
from msgspec import Struct

from shared.domain.session import Phase
from shared.ports.feed import FeedMessage, Register


@dataclass(frozen=True, slots=True)
class Update:
    """`body` as in shared/events/feed_bodies.py. `question`: whose results a player's `me` shows beside it; None
    where no `me` belongs."""

    seq: int
    register: Register
    version: int
    body: bytes
    question: int | None


class _Question(Struct):
    index: int


class _Session(Struct):
    version: int
    phase: Phase
    question: _Question | None = None


class _Leaderboard(Struct):
    edition: int
    question: int


class _Lobby(Struct):
    players: int


class _Body(Struct):
    session: _Session | None = None
    leaderboard: _Leaderboard | None = None
    lobby: _Lobby | None = None


_decoder = msgspec.json.Decoder(_Body)


def update_of(seq: int, body: bytes) -> Update:
    """Raises msgspec.DecodeError or ValueError when the body is none of the catalogue's."""
    head = _decoder.decode(body)
    if head.leaderboard is not None:
        board = head.leaderboard
        return Update(seq, Register.LEADERBOARD, board.edition, body, board.question)
    if head.session is not None:
        return Update(seq, Register.SESSION, head.session.version, body, _revealed_question(head.session))
    if head.lobby is not None:
        return Update(seq, Register.LOBBY, head.lobby.players, body, None)
    raise ValueError("expected a body with session, leaderboard or lobby, got none of them")


def updates_of(messages: Sequence[FeedMessage]) -> list[Update]:
    return [update_of(message.seq, message.body) for message in messages]


def at_least(update: Update, known: Update | None) -> Update:
    """The update, or, where a snapshot has already shown a newer state of its register, that state under its
    number: no client's screen goes back."""
    if known is None or update.version >= known.version:
        return update
    return replace(known, seq=update.seq)


class _Numbered(Protocol):
    @property
    def seq(self) -> int: ...


def is_run(after_seq: int, messages: Sequence[_Numbered]) -> bool:
    """Whether the numbers follow on `after_seq` without a gap."""
    return all(message.seq == after_seq + step for step, message in enumerate(messages, start=1))


def _revealed_question(session: _Session) -> int | None:
    """A session message shows the players' own results when it closes a question."""
    closed = session.phase in {Phase.QUESTION_CLOSED, Phase.FINISHED}
    return session.question.index if closed and session.question is not None else None
