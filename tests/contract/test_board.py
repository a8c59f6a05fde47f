"""The live board: every result counts once, and the order is the domain's."""

import asyncio
import random
import uuid
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.domain.ranking import OwnResult, Result, counted_results, histories_of, leaderboard_of
from shared.ports.board import Shown
from tests.contract.parts import Parts
from tests.contract.results import many_results, result

ALL = Shown(removed=0, held=False)
RESULTS = many_results(players=60, questions=4)
GRACE = result("grace", points=500)


async def _standing(parts: Parts, session_id: str) -> None:
    assert await parts.board.rebuild(session_id, [])


async def test_board_that_was_never_built_is_not_ready(parts: Parts, session_id: str) -> None:
    """Nothing is applied to a board that may lack what came before, and it shows nothing."""
    applied = await parts.board.apply(session_id, result(), event_id="event-1")
    assert not applied.ready
    assert not applied.leads
    assert not (await parts.board.claim(session_id, event_id="event-1", shown=ALL)).ready
    assert await parts.board.take(session_id) is None
    assert await parts.board.size(session_id) == 0
    assert await parts.board.read(session_id, question=0) is None
    assert await parts.board.rebuild(session_id, [])
    taken = await parts.board.take(session_id)
    assert taken is not None
    assert taken.board.entries == ()


async def test_board_equals_the_recomputation(parts: Parts, session_id: str) -> None:
    """Points, then time, then joining, then id; nicknames with slashes and all."""
    await _standing(parts, session_id)
    for one in RESULTS:
        await parts.board.apply(session_id, one, event_id="event")
    taken = await parts.board.take(session_id)
    assert taken is not None
    assert taken.board == leaderboard_of(RESULTS)
    assert len(taken.results) == 60
    assert await parts.board.size(session_id) == len(RESULTS)


async def test_board_with_the_largest_numbers_is_exact(parts: Parts, session_id: str) -> None:
    """500 questions of 10,000 points and 600 s each, one point or one millisecond apart."""
    await _standing(parts, session_id)
    results = [
        replace(result(player, question=question), points=10_000, elapsed_ms=600_000)
        for player in ("ada", "grace", "hedy")
        for question in range(499)
    ]
    results += [
        result("ada", question=499, points=10_000, elapsed_ms=600_000),
        result("grace", question=499, points=10_000, elapsed_ms=599_999),
        result("hedy", question=499, points=9_999, elapsed_ms=0),
    ]
    await asyncio.gather(*(parts.board.apply(session_id, one, event_id="event") for one in results))
    taken = await parts.board.take(session_id)
    assert taken is not None
    assert taken.board == leaderboard_of(results)
    assert [entry.player_id for entry in taken.board.entries] == ["grace", "ada", "hedy"]


async def test_board_with_negative_points_is_exact(parts: Parts, session_id: str) -> None:
    """A penalty may take a player below zero."""
    await _standing(parts, session_id)
    results = [result("ada", points=-250), result("grace", points=0), result("hedy", points=-250, elapsed_ms=1)]
    for one in results:
        await parts.board.apply(session_id, one, event_id="event")
    taken = await parts.board.take(session_id)
    assert taken is not None
    assert taken.board == leaderboard_of(results)


async def test_result_applied_a_hundred_times_at_once_counts_once(
    parts: Parts, twin: Parts, session_id: str
) -> None:
    """Redelivered, duplicated, through two processes."""
    await _standing(parts, session_id)
    await asyncio.gather(
        *(
            (parts, twin)[number % 2].board.apply(session_id, result(), event_id=f"event-{number}")
            for number in range(100)
        )
    )
    taken = await parts.board.take(session_id)
    assert taken is not None
    assert taken.board == leaderboard_of([result()])


async def test_results_applied_at_once_shuffled_and_repeated_give_the_board(
    parts: Parts, twin: Parts, session_id: str
) -> None:
    """Every result three times, in two orders, by two processes at once."""
    await _standing(parts, session_id)
    deliveries = [*RESULTS, *reversed(RESULTS), *RESULTS[100:]]
    await asyncio.gather(
        *(
            (parts, twin)[number % 2].board.apply(session_id, one, event_id=f"event-{number}")
            for number, one in enumerate(deliveries)
        )
    )
    taken = await parts.board.take(session_id)
    assert taken is not None
    assert taken.board == leaderboard_of(RESULTS)


async def test_apply_says_how_many_players_the_board_has(parts: Parts, session_id: str) -> None:
    """Players, not results: the tick's length depends on it."""
    await _standing(parts, session_id)
    await parts.board.apply(session_id, result("ada"), event_id="event-1")
    await parts.board.apply(session_id, result("ada", question=1), event_id="event-2")
    applied = await parts.board.apply(session_id, result("grace"), event_id="event-3")
    assert applied.players == 2


async def test_board_read_gives_the_results_of_the_asked_question(parts: Parts, session_id: str) -> None:
    """By player, where there is one; reading ends no tick."""
    await _standing(parts, session_id)
    for one in (result("ada"), result("ada", question=1, points=0, elapsed_ms=10), result("grace", points=500)):
        await parts.board.apply(session_id, one, event_id="event")
    read = await parts.board.read(session_id, question=1)
    assert read is not None
    assert read.board == leaderboard_of([result("ada"), result("ada", question=1, points=0, elapsed_ms=10), GRACE])
    assert read.results == {"ada": OwnResult(points=0, elapsed_ms=10, correct=False)}
    assert not (await parts.board.apply(session_id, result("hedy"), event_id="another")).leads


async def test_board_read_for_an_older_question_shows_that_a_later_one_has_results(
    parts: Parts, session_id: str
) -> None:
    """In the same step: what a reader who knows only the older question must be able to take away again."""
    await _standing(parts, session_id)
    for one in (result("ada"), result("ada", question=1, points=0, elapsed_ms=10), result("grace", question=3)):
        await parts.board.apply(session_id, one, event_id="event")
    older, last = [await parts.board.read(session_id, question=number) for number in (1, 3)]
    assert older is not None
    assert last is not None
    assert (list(older.results), list(older.later)) == (["ada"], ["grace"])
    assert older.later == last.results
    assert last.later == {}


async def test_board_read_agrees_with_the_recomputation(parts: Parts, session_id: str) -> None:
    """The same order in both readings, rebuilt or applied."""
    await parts.board.rebuild(session_id, RESULTS[:100])
    for one in RESULTS[100:]:
        await parts.board.apply(session_id, one, event_id="event")
    read = await parts.board.read(session_id, question=3)
    assert read is not None
    assert read.board == leaderboard_of(RESULTS)
    assert {player: own.points for player, own in read.results.items()} == {
        one.player_id: one.points for one in RESULTS if one.question == 3
    }


changed_answers = st.lists(
    st.builds(
        lambda player, question, received, correct: replace(
            result(player, question=question, points=100 if correct else -20, elapsed_ms=received),
            answer_id=f"{player}-{question}-{received}-{correct}",
            received_at_ms=received,
            correct=correct,
            streak_place=question,
            team=len(player) % 2,
            starting_points=450 if player == "hedy" else 0,
        ),
        st.sampled_from(["ada", "grace", "hedy"]),
        st.integers(0, 4),
        st.integers(0, 3),
        st.booleans(),
    ),
    max_size=30,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=changed_answers, chance=st.randoms(use_true_random=False))
async def test_board_of_changed_answers_and_streaks_equals_the_recomputation(
    parts: Parts, answers: list[Result], chance: random.Random
) -> None:
    """The latest answer to a question counts, rows of right ones give their bonus, whatever the order and however
    often each comes."""
    session_id = uuid.uuid4().hex
    deliveries = answers + [chance.choice(answers) for _ in answers]
    chance.shuffle(deliveries)
    half = len(deliveries) // 2
    assert await parts.board.rebuild(session_id, deliveries[:half])
    for one in deliveries[half:]:
        await parts.board.apply(session_id, one, event_id="event")
    read = await parts.board.read(session_id, question=2)
    assert read is not None
    counted, _ = counted_results(answers)
    assert read.board == leaderboard_of(answers)
    assert read.histories == histories_of(counted)
    assert {player: own.points for player, own in read.results.items()} == {
        one.player_id: one.points for one in counted if one.question == 2
    }
