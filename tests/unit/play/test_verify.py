"""The checker itself: it is silent about a good play and finds each planted error."""

import dataclasses
import random

import msgspec
import pytest

from knative.local.play.report import delays_of, percentile, shortened
from knative.local.play.verify import (
    accepted_answers,
    board_delays_ms,
    lost_answers,
    recomputed_board,
    recomputed_results,
    strange_answers,
    wrong_entries,
    wrong_results,
    wrong_views,
)
from shared.client.errors import Refused
from shared.events.payloads import Value
from tests.unit.play.planted import (
    QUIZ,
    accepted,
    good_board,
    good_evidence,
    good_log,
    seen,
)


def test_checker_good_play_finds_nothing() -> None:
    """A log, boards and bots that agree leave nothing to say."""
    log = accepted_answers(good_log())
    bots, board = good_evidence(), good_board()
    assert (log.duplicates, log.redeliveries) == (0, 0)
    assert lost_answers(bots, log) == []
    assert strange_answers(bots, log) == []
    assert wrong_views(bots, board) == []
    assert wrong_entries("store", board.entries, board) == []
    assert board.version == 6
    assert board.entries[0].player_id == "p0"


def test_checker_log_in_any_order_and_number_gives_the_same_board() -> None:
    """Redelivered and shuffled records change nothing but the count of redeliveries."""
    log = good_log() * 3
    random.Random(1).shuffle(log)
    answers = accepted_answers(log)
    assert recomputed_board(QUIZ, answers) == good_board()
    assert (answers.duplicates, answers.redeliveries) == (0, 12)


def test_checker_second_acceptance_under_another_id_is_a_duplicate() -> None:
    """Two events for one player and question are counted twice by somebody."""
    assert accepted_answers([*good_log(), accepted(0, 0, event_id="another")]).duplicates == 1


def test_checker_acknowledged_answer_missing_in_the_log_is_lost() -> None:
    """An ack without acceptance or refusal is the loss that must never be."""
    log = [event for event in good_log() if event.data != accepted(1, 1).data]
    lost = lost_answers(good_evidence(), accepted_answers(log))
    assert lost == ["Bot 1: the acknowledged answer to question 2 has no outcome"]


def test_checker_refusal_that_reached_its_player_is_no_loss() -> None:
    """A refused answer has its outcome; one that was never acknowledged was never promised."""
    log = [event for event in good_log() if event.data not in {accepted(1, 1).data, accepted(2, 1).data}]
    bots = good_evidence()
    bots[1].answers[1].refusal = Refused("question_closed", "too late")
    bots[2].answers[1].acked_s = None
    assert lost_answers(bots, accepted_answers(log)) == []


def test_checker_acceptance_that_nobody_sent_is_strange() -> None:
    """The log must not know an answer that no bot gave."""
    bots = good_evidence()[:2]
    assert len(strange_answers(bots, accepted_answers(good_log()))) == 2


def test_checker_acceptance_with_another_value_is_strange() -> None:
    """What was accepted is what was sent."""
    log = [accepted(0, 0, value=Value(choices=(0,))), *good_log()[1:]]
    assert strange_answers(good_evidence(), accepted_answers(log)) == [
        "Bot 0: question 1 was accepted with another value"
    ]


@pytest.mark.parametrize("field", ["points", "total_ms", "rank"])
def test_checker_bot_with_a_wrong_own_place_is_found(field: str) -> None:
    """A bot's own rank, points and time are held against the recomputed ones."""
    bots = good_evidence()
    me = bots[1].me
    assert me is not None
    wrong = msgspec.structs.replace(me, **{field: 99})
    bots[1] = dataclasses.replace(bots[1], me=wrong)
    assert len(wrong_views(bots, good_board())) == 1


def test_checker_bot_that_saw_an_older_board_is_found() -> None:
    """The last board a bot saw must cover every accepted answer."""
    bots = good_evidence()
    older = seen(recomputed_board(QUIZ, accepted_answers(good_log()[:-1])))
    bots[0] = dataclasses.replace(bots[0], leaderboard=older)
    assert wrong_views(bots, good_board()) == ["Bot 0: expected the board of version 6, got 5"]


def test_checker_bot_that_saw_another_order_is_found() -> None:
    """The same version with two places swapped is unequal."""
    bots = good_evidence()
    board = bots[2].leaderboard
    assert board is not None
    swapped = msgspec.structs.replace(board, top=(board.top[1], board.top[0], board.top[2]))
    bots[2] = dataclasses.replace(bots[2], leaderboard=swapped)
    assert len(wrong_views(bots, good_board())) == 1


def test_checker_bot_that_saw_no_board_is_found() -> None:
    """Silence is not equality."""
    bots = good_evidence()
    bots[0] = dataclasses.replace(bots[0], leaderboard=None, me=None)
    assert wrong_views(bots, good_board()) == ["Bot 0: expected the board of version 6, got none"]


def test_checker_store_with_a_wrong_or_missing_entry_is_found() -> None:
    """Stores are held against the recomputation, entry by entry."""
    board = good_board()
    wrong = dataclasses.replace(board.entries[0], points=1)
    assert len(wrong_entries("store", [wrong, *board.entries[1:]], board)) == 1
    assert wrong_entries("store", board.entries[:2], board) == ["store: expected 3 entries, got 2"]


def test_checker_store_with_wrong_scores_is_found() -> None:
    """A missing score and a changed one both differ."""
    results = recomputed_results(QUIZ, accepted_answers(good_log()))
    assert wrong_results("store", reversed(results), results) == []
    changed = [dataclasses.replace(results[0], points=1), *results[2:]]
    assert wrong_results("store", changed, results) == [
        "store: expected the 6 recomputed scores, got 2 that differ"
    ]


def test_delays_are_measured_from_sending_to_the_board_that_counts() -> None:
    """Nearest-rank percentiles of all covered answers."""
    delays = delays_of(board_delays_ms(good_evidence()))
    assert (delays.p50, delays.p99) == (200.0, 300.0)
    assert percentile([], 50) is None


def test_shortened_says_how_many_more() -> None:
    """A report stays readable when everything is wrong."""
    assert shortened([str(number) for number in range(25)])[-1] == "and 5 more"
