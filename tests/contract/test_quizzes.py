"""Quizzes: published once per version, never changed."""

from dataclasses import replace

from tests.contract.parts import Parts
from tests.story import QUIZ


async def test_quiz_added_is_found_whole(parts: Parts) -> None:
    """Every field of every question comes back."""
    await parts.quizzes.add(QUIZ)
    assert await parts.quizzes.get(QUIZ.id, QUIZ.version) == QUIZ


async def test_quiz_added_again_is_unchanged(parts: Parts, twin: Parts) -> None:
    """The first publication of a version stands, even against another content."""
    await parts.quizzes.add(QUIZ)
    await parts.quizzes.add(replace(QUIZ, title="Another title"))
    assert await twin.quizzes.get(QUIZ.id, QUIZ.version) == QUIZ


async def test_quiz_unknown_is_none(parts: Parts) -> None:
    """Neither a wrong id nor a wrong version finds anything."""
    await parts.quizzes.add(QUIZ)
    assert await parts.quizzes.get("nothing", 1) is None
    assert await parts.quizzes.get(QUIZ.id, 2) is None
    assert await parts.quizzes.get_latest("nothing") is None


async def test_quiz_published_by_another_process_is_found_after_a_miss(parts: Parts, twin: Parts) -> None:
    """A miss is not remembered."""
    assert await parts.quizzes.get(QUIZ.id, QUIZ.version) is None
    await twin.quizzes.add(QUIZ)
    assert await parts.quizzes.get(QUIZ.id, QUIZ.version) == QUIZ


async def test_latest_quiz_has_the_highest_version(parts: Parts) -> None:
    """Versions count as numbers, in whatever order they were published."""
    for version in (2, 10, 9):
        await parts.quizzes.add(replace(QUIZ, version=version))
    latest = await parts.quizzes.get_latest(QUIZ.id)
    assert latest is not None
    assert latest.version == 10
