"""How many scores are stored: exact, without counting everything each time."""

from functions.rank.census import Census
from shared.adapters.memory import MemorySystem
from tests.contract.results import result
from tests.story import SESSION_ID


async def _add(system: MemorySystem, *, question: int, players: range) -> None:
    for player in players:
        await system.scores.add(SESSION_ID, result(f"player-{player}", question=question))


async def test_census_after_each_question_counts_everything() -> None:
    """Also for a process that saw none of the questions before, and when a question is told twice or late."""
    system = MemorySystem()
    census = Census(system.scores)
    for question in range(4):
        await _add(system, question=question, players=range(5))
        stored = 5 * (question + 1)
        assert await census.stored(SESSION_ID, question=question) == stored
        assert await census.stored(SESSION_ID, question=max(0, question - 1)) == stored
        assert await Census(system.scores).stored(SESSION_ID, question=question) == stored


async def test_census_counts_what_came_late_to_the_question_before() -> None:
    """The end of a question is told before its last answers are scored."""
    system = MemorySystem()
    census = Census(system.scores)
    for question in range(3):
        await _add(system, question=question, players=range(3))
        await census.stored(SESSION_ID, question=question)
        await _add(system, question=question, players=range(3, 5))
    assert await census.stored(SESSION_ID, question=3) == 15


async def test_census_of_the_whole_finds_what_came_too_late_to_be_counted_again() -> None:
    """What is remembered of a question long over may lack one; the end of the session counts it."""
    system = MemorySystem()
    census = Census(system.scores)
    for question in range(4):
        await _add(system, question=question, players=range(5))
        await census.stored(SESSION_ID, question=question)
    await _add(system, question=0, players=range(5, 6))
    assert await census.stored(SESSION_ID, question=3) == 20
    assert await census.whole(SESSION_ID) == 21
    assert await census.stored(SESSION_ID, question=3) == 21
