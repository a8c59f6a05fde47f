"""Frames encoded once: what goes to everybody, and what goes to one player."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from gateway.connections.frames import text_frame
from gateway.feed.batch import Batch
from gateway.feed.ring import MOST_MESSAGES, Ring
from gateway.feed.update import Update, at_least, is_run, update_of
from shared.domain.session import Phase
from shared.events.feed_bodies import Lobby, LobbyBody, SessionBody, encode_body
from shared.events.views import session_changed
from shared.ports.feed import Register
from tests.story import FIRST_CLOSED, FIRST_OPEN, LOBBY, QUIZ


def _lobby(seq: int, players: int = 1) -> Update:
    return update_of(seq, encode_body(LobbyBody(lobby=Lobby(players=players, nicknames=()))))


def _board(seq: int, question: int = 0) -> Update:
    body = b'{"type":"leaderboard","leaderboard":{"edition":%d,"question":%d}}' % (seq, question)
    return update_of(seq, body)


def _payloads(frames: bytes) -> list[dict[str, object]]:
    """The messages in a run of server's frames."""
    messages = []
    while frames:
        length, start = frames[1], 2
        if length == 126:
            length, start = int.from_bytes(frames[2:4], "big"), 4
        messages.append(json.loads(frames[start : start + length]))
        frames = frames[start + length :]
    return messages


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65_535, 65_536, 100_000])
def test_a_text_frame_is_what_the_websockets_library_would_send(length: int) -> None:
    """All three forms of the length."""
    payload = b"x" * length
    assert text_frame(payload) == Frame(Opcode.TEXT, payload).serialize(mask=False, extensions=[])


def test_a_batch_numbers_each_message() -> None:
    """`seq` goes in front of the body, which is not decoded."""
    batch = Batch([_lobby(7), _lobby(8)])
    assert (batch.after_seq, batch.last_seq) == (6, 8)
    assert [message["seq"] for message in _payloads(batch.shared)] == [7, 8]


def test_a_batch_puts_me_into_the_last_message_that_has_a_place_for_it() -> None:
    """Places are absolute, so once is enough."""
    batch = Batch([_board(1, question=0), _board(2, question=1), _lobby(3)])
    messages = _payloads(batch.with_me(b'{"rank":1}'))
    assert batch.question == 1
    assert [message.get("me") for message in messages] == [None, {"rank": 1}, None]
    assert _payloads(batch.shared) == [
        {name: value for name, value in message.items() if name != "me"} for message in messages
    ]


def test_a_batch_of_nothing_is_an_error() -> None:
    """There is no number after which nothing comes."""
    with pytest.raises(ValueError, match="expected at least one message"):
        Batch([])


def test_a_session_message_has_a_place_for_me_once_a_question_is_closed() -> None:
    """Before that nobody has a result."""
    questions = [
        update_of(1, encode_body(SessionBody(session=session_changed(session, QUIZ)))).question
        for session in (LOBBY, FIRST_OPEN, FIRST_CLOSED)
    ]
    assert questions == [None, None, 0]
    assert FIRST_CLOSED.phase is Phase.QUESTION_CLOSED


def test_a_body_that_is_no_register_is_an_error() -> None:
    """A feed holds sessions, leaderboards and lobbies."""
    with pytest.raises(ValueError, match="expected a body"):
        update_of(1, b'{"type":"outcome"}')


def test_an_older_state_is_replaced_by_the_known_one_under_its_own_number() -> None:
    """No screen goes back."""
    shown = at_least(_lobby(9, players=3), _lobby(8, players=5))
    assert (shown.seq, shown.version, shown.register) == (9, 5, Register.LOBBY)
    assert at_least(_lobby(9, players=6), _lobby(8, players=5)).version == 6


@given(st.integers(0, 2**60), st.integers(0, 5))
def test_is_run_accepts_only_numbers_that_follow_on(after: int, count: int) -> None:
    """Without a gap, without a repetition."""
    numbers = [_lobby(after + step) for step in range(1, count + 1)]
    assert is_run(after, numbers)
    assert not is_run(after, [*numbers, _lobby(after + count + 2)])
    assert not is_run(after, [*numbers, _lobby(after + count)])


def test_a_ring_gives_all_after_a_number_or_nothing() -> None:
    """Bounded: what has left it cannot be given, nor a part of it."""
    ring = Ring()
    assert ring.after(0) is None
    for seq in range(1, MOST_MESSAGES + 11):
        ring.append(_lobby(seq))
    assert ring.after(9) is None
    everything = ring.after(10)
    assert everything is not None
    assert len(everything) == MOST_MESSAGES
    newest = ring.after(MOST_MESSAGES + 8)
    assert newest is not None
    assert [update.seq for update in newest] == [MOST_MESSAGES + 9, MOST_MESSAGES + 10]
    assert ring.after(MOST_MESSAGES + 10) == []
    assert ring.after(MOST_MESSAGES + 11) is None


def test_a_ring_forgets_what_lies_before_a_jump() -> None:
    """Its numbers follow on each other, always."""
    ring = Ring()
    ring.append(_lobby(1))
    ring.append(_lobby(1_000_000_001))
    assert ring.after(1) is None
    assert ring.after(1_000_000_000) is not None
