"""FeedView: the fold of the feed, and the watch on I4."""

from typing import Any

import msgspec
import pytest

from shared.client.messages import decode
from shared.client.view import FeedGap, FeedView
from shared.domain.session import Phase
from shared.protocol import LeaderboardMessage, LobbyMessage, SessionMessage, Snapshot
from tests.unit.client.scripted_gateway import leaderboard, own_place, session_changed, snapshot


def fold(view: FeedView, *messages: dict[str, Any]) -> None:
    for plain in messages:
        message = decode(msgspec.json.encode(plain))
        match message:
            case Snapshot():
                view.apply_snapshot(message)
            case SessionMessage() | LeaderboardMessage() | LobbyMessage():
                view.apply(message)
            case _:
                raise AssertionError(message)


def board_message(seq: int, version: int, **more: Any) -> dict[str, Any]:
    return {"type": "leaderboard", "seq": seq, "leaderboard": leaderboard(version), **more}


def test_view_contiguous_messages_shows_the_newest_state_without_violations() -> None:
    """A snapshot and the messages that follow it are folded into the present state."""
    view = FeedView()
    opened = session_changed(2, "question_open", 0)
    fold(view, snapshot(5), {"type": "session", "seq": 6, "session": opened}, board_message(7, 1))
    assert view.seq == 7
    assert view.phase is Phase.QUESTION_OPEN
    assert view.open_question is not None
    assert view.leaderboard is not None
    assert view.leaderboard.version == 1
    assert view.violations == []


def test_view_own_result_is_that_of_the_question_asked_for() -> None:
    """`result_of` tells the result of the latest question only."""
    view = FeedView()
    fold(view, snapshot(5), board_message(6, 1, me=own_place(question=0, gained=900)))
    result = view.result_of(0)
    assert result is not None
    assert result.gained == 900
    assert view.result_of(1) is None


def test_view_missing_message_raises_gap_and_changes_nothing() -> None:
    """A gap without a snapshot breaks I4: it is noted, and the message not applied."""
    view = FeedView()
    fold(view, snapshot(5))
    with pytest.raises(FeedGap):
        fold(view, board_message(7, 1))
    assert view.seq == 5
    assert view.violations == ["message 7 after message 5 without a snapshot"]


def test_view_message_before_snapshot_raises_gap() -> None:
    """Nothing can be folded before the first snapshot."""
    view = FeedView()
    with pytest.raises(FeedGap):
        fold(view, board_message(1, 1))
    assert view.violations == ["message 1 before any snapshot"]


def test_view_older_message_is_noted_and_passed_over() -> None:
    """A number that was there already is a step back."""
    view = FeedView()
    fold(view, snapshot(5), board_message(6, 2), board_message(6, 1))
    assert view.leaderboard is not None
    assert view.leaderboard.version == 2
    assert view.violations == ["message 6 after message 6"]


def test_view_snapshot_after_a_gap_is_no_violation() -> None:
    """One snapshot makes up for any number of missing messages."""
    view = FeedView()
    fold(view, snapshot(5), snapshot(900, version=3), board_message(901, 4))
    assert view.violations == []
    assert view.snapshots == 2


@pytest.mark.parametrize(
    ("later", "violation"),
    [
        (snapshot(4), "a snapshot of 4 after message 5"),
        (snapshot(6, version=2), "edition 2 of the leaderboard after 3"),
        (snapshot(6, version=3, session=session_changed(1)), "version 1 of the session after 2"),
    ],
)
def test_view_snapshot_of_an_older_state_is_noted(later: dict[str, Any], violation: str) -> None:
    """Neither the feed's number nor any register may go backwards, in a snapshot either."""
    view = FeedView()
    fold(view, snapshot(5, version=3, session=session_changed(2)), later)
    assert violation in view.violations
    assert view.seq is not None
    assert view.seq >= 5
