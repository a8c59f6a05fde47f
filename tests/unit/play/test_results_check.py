"""The check of a host's results: silent about good ones, and it finds each planted error."""

from typing import Any

import msgspec
import pytest

from knative.local.play.results_check import ToldResults, wrong_told
from knative.local.play.verify import accepted_answers, recomputed_results
from shared.domain.ranking import leaderboard_of
from tests.unit.play.planted import QUIZ, good_log

RESULTS = recomputed_results(QUIZ, accepted_answers(good_log()))
BOARD = leaderboard_of(RESULTS)


def good() -> dict[str, Any]:
    """As the gateway tells them."""
    entries = {entry.player_id: entry for entry in BOARD.entries}
    return {
        "answers": [
            {
                "question": result.question + 1,
                "player_id": result.player_id,
                "points": result.points,
                "elapsed_ms": result.elapsed_ms,
                "rank": entries[result.player_id].rank,
                "total": entries[result.player_id].points,
            }
            for result in RESULTS
        ],
        "players": [
            {"player_id": entry.player_id, "rank": entry.rank, "points": entry.points, "total_ms": entry.total_ms}
            for entry in BOARD.entries
        ]
        + [{"player_id": "watcher", "rank": None, "points": 0, "total_ms": 0}],
    }


def found(told: dict[str, Any]) -> list[str]:
    return wrong_told("gateway", msgspec.convert(told, ToldResults), results=RESULTS, board=BOARD)


def test_check_of_good_results_finds_nothing() -> None:
    """Rows in any order; who never answered is on no board."""
    told = good()
    told["answers"].reverse()
    assert found(told) == []


@pytest.mark.parametrize("key", ["question", "points", "elapsed_ms", "rank", "total"])
def test_check_finds_an_answer_told_wrong(key: str) -> None:
    """Each column that can be recomputed."""
    told = good()
    told["answers"][0][key] += 1
    assert "that differ" in found(told)[0]


def test_check_finds_answers_missing_and_told_twice() -> None:
    """As many as there are, each once."""
    missing, twice = good(), good()
    missing["answers"].pop()
    twice["answers"].append(twice["answers"][0])
    assert found(missing)
    assert found(twice)


def test_check_finds_players_out_of_order() -> None:
    """The board's order, and the board's totals."""
    told = good()
    told["players"][0], told["players"][1] = told["players"][1], told["players"][0]
    assert "in another order" in found(told)[0]
