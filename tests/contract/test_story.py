"""The story that fixtures tell can be stored anywhere, again and again."""

from tests import story
from tests.contract.parts import Parts


async def test_story_seeded_twice_is_there_once(parts: Parts) -> None:
    """`python -m tests.events.seed` is safe to repeat, also over a session that went on."""
    await story.seed(parts, session=story.FIRST_OPEN)
    await story.seed(parts)
    assert await parts.sessions.get_current(story.SESSION_ID) == story.FIRST_OPEN
    assert await parts.sessions.find(story.LOBBY.code) == story.FIRST_OPEN
    assert await parts.quizzes.get(story.QUIZ.id, story.QUIZ.version) == story.QUIZ
    assert list(await parts.players.all(story.SESSION_ID)) == list(story.PLAYERS)
