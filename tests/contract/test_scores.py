"""Scores: the first of a player and question stands."""

import asyncio
from dataclasses import replace

from tests.contract.parts import Parts
from tests.contract.results import many_results, result


async def test_score_added_is_listed(parts: Parts, twin: Parts, session_id: str) -> None:
    """All its fields come back."""
    assert await parts.scores.add(session_id, result()) == result()
    assert list(await twin.scores.all(session_id)) == [result()]


async def test_score_added_again_is_the_first_one(parts: Parts, twin: Parts, session_id: str) -> None:
    """A second scoring, even to other points, changes nothing and gets what stands."""
    await parts.scores.add(session_id, result())
    assert await twin.scores.add(session_id, replace(result(), points=1)) == result()
    assert list(await parts.scores.all(session_id)) == [result()]


async def test_score_raced_by_a_hundred_has_one_winner_whom_all_get(
    parts: Parts, twin: Parts, session_id: str
) -> None:
    """A hundred different scores for one answer at once, through two processes."""
    outcomes = await asyncio.gather(
        *((parts, twin)[number % 2].scores.add(session_id, result(points=number)) for number in range(100))
    )
    assert set(outcomes) == set(await parts.scores.all(session_id))
    assert len(set(outcomes)) == 1


async def test_scores_counted_and_listed_are_those_of_the_session(parts: Parts, session_id: str) -> None:
    """Each once, others' left out."""
    results = many_results(players=20, questions=3)
    await asyncio.gather(*(parts.scores.add(session_id, one) for one in results))
    await parts.scores.add(f"{session_id}-2", result())
    assert await parts.scores.count(session_id) == len(results)
    assert set(await parts.scores.all(session_id)) == set(results)


async def test_scores_counted_by_question_are_those_of_the_span(parts: Parts, session_id: str) -> None:
    """The first of it counts, the one that ends it does not."""
    results = many_results(players=5, questions=4)
    await asyncio.gather(*(parts.scores.add(session_id, one) for one in results))
    assert await parts.scores.count(session_id, since=2) == 10
    assert await parts.scores.count(session_id, before=3) == 15
    assert await parts.scores.count(session_id, since=1, before=2) == 5
    assert await parts.scores.count(session_id, since=4) == 0


async def test_scores_of_an_unknown_session_are_none(parts: Parts, session_id: str) -> None:
    """Nothing there is not an error."""
    assert await parts.scores.count(session_id) == 0
    assert list(await parts.scores.all(session_id)) == []


async def test_scores_of_a_question_are_its_alone(parts: Parts, twin: Parts, session_id: str) -> None:
    """All players' of that question, and nothing else."""
    results = many_results(players=5, questions=3)
    await asyncio.gather(*(parts.scores.add(session_id, one) for one in results))
    await parts.scores.add(f"{session_id}-2", result())
    found = await twin.scores.of_question(session_id, 1)
    assert set(found) == {one for one in results if one.question == 1}
    assert list(await twin.scores.of_question(session_id, 7)) == []
