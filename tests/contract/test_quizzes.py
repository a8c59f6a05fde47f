"""Quizzes: published once per version, never changed."""

from dataclasses import replace

from shared.domain.library import QuizSummary
from tests.contract.parts import Parts
from tests.story import QUIZ


async def test_quiz_added_is_found_whole(parts: Parts) -> None:
    """Every field of every question comes back."""
    await parts.quizzes.add(QUIZ)
    assert await parts.quizzes.get(QUIZ.id, QUIZ.version) == QUIZ


async def test_quiz_added_again_is_unchanged(parts: Parts, twin: Parts) -> None:
    """The first publication of a version stands, even against another content."""
    assert await parts.quizzes.add(QUIZ)
    assert not await parts.quizzes.add(replace(QUIZ, title="Another title"))
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


async def test_versions_are_listed_without_their_questions_the_highest_first(parts: Parts, twin: Parts) -> None:
    """Each with the request that made it; another quiz's are left out."""
    for version in (2, 10, 9):
        request_id = f"request-{version}"
        quiz = replace(QUIZ, version=version, request_id=request_id, published_at_ms=version * 1_000)
        await parts.quizzes.add(quiz)
    await parts.quizzes.add(replace(QUIZ, id="another"))
    versions = await twin.quizzes.versions(QUIZ.id)
    assert [summary.version for summary in versions] == [10, 9, 2]
    assert versions[0] == QuizSummary(
        id=QUIZ.id,
        version=10,
        title=QUIZ.title,
        question_count=2,
        request_id="request-10",
        published_at_ms=10_000,
    )
    assert list(await parts.quizzes.versions("nothing")) == []
