"""What the room sees of a closed question, type by type."""

import pytest

from shared.domain.quiz import AnswerValue, QuestionType
from shared.domain.settings import Settings
from shared.results.authored import authored_question
from shared.results.counts import AnswerCounts, answer_counts
from tests.unit.domain.asking import question
from tests.unit.results.played import Played, played


def counted(game: Played) -> AnswerCounts:
    asked = authored_question(
        game.quiz.questions[0],
        index=0,
        seed=game.session.seed,
        shuffled=game.session.settings.shuffle_choices,
    )
    return answer_counts(asked, game.statistics()[0])


def test_counts_are_in_the_order_in_which_the_session_shows_the_choices() -> None:
    """The screen has no other: bars stand beside what is shown."""
    game = played(question(), settings=Settings(shuffle_choices=True))
    for picks, place in enumerate(range(3), start=1):
        for number in range(picks):
            game.answer(game.join(f"P{place}{number}"), 0, AnswerValue(choices=(place,)))
    assert counted(game).picked == (1, 2, 3)
    assert counted(game).answered == 6


@pytest.mark.parametrize("typed", ["b", "something rude"])
def test_counts_of_what_is_typed_tell_how_many_were_right_and_no_word(typed: str) -> None:
    """What people write is not thrown at a wall unread."""
    game = played(question(QuestionType.TEXT, choices=(), correct=(), accepted=("b",)))
    game.answer(game.join("Ada"), 0, AnswerValue(text=typed))
    assert counted(game) == AnswerCounts(index=0, answered=1, correct=int(typed == "b"), picked=())
