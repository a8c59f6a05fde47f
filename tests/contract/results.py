"""Scored answers for the suites."""

import random
from collections.abc import Sequence

from shared.domain.ranking import Result


def result(
    player_id: str = "ada", *, question: int = 0, points: int = 900, elapsed_ms: int = 4_000, joined_at_ms: int = 1
) -> Result:
    """One scored answer of a player whose nickname shows the id."""
    return Result(
        player_id=player_id,
        nickname=f"{player_id}/with a slash",
        joined_at_ms=joined_at_ms,
        question=question,
        correct=points > 0,
        points=points,
        elapsed_ms=elapsed_ms,
    )


def many_results(*, players: int, questions: int, seed: int = 1) -> Sequence[Result]:
    """A whole session's results, with many ties, shuffled."""
    chance = random.Random(seed)
    results = [
        result(
            f"player-{number}",
            question=question,
            points=chance.choice((0, 500, 1_000)),
            elapsed_ms=chance.choice((1_000, 2_000)),
            joined_at_ms=number // 3,
        )
        for number in range(players)
        for question in range(questions)
    ]
    chance.shuffle(results)
    return results
