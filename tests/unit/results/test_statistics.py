"""Statistics of a question, type by type."""

import pytest

from shared.domain.quiz import AnswerValue, QuestionType
from shared.domain.settings import Settings
from shared.results.statistics import TOP_ANSWERS, Bar, QuestionStatistics
from tests.unit.domain.asking import question
from tests.unit.results.played import Played, played


def of_choices(type: QuestionType, *values: tuple[int, ...], **changes: object) -> QuestionStatistics:
    game = played(question(type, **changes), seed="")
    for number, value in enumerate(values):
        game.answer(game.join(f"P{number}"), 0, AnswerValue(choices=value), elapsed_ms=1_000 * (number + 1))
    return game.statistics()[0]


def of_texts(type: QuestionType, *texts: str, **changes: object) -> QuestionStatistics:
    game = played(question(type, **changes))
    for number, text in enumerate(texts):
        game.answer(game.join(f"P{number}"), 0, AnswerValue(text=text))
    return game.statistics()[0]


def test_statistics_of_choices_count_each_in_the_authors_order() -> None:
    """Those that nobody picked, too."""
    found = of_choices(QuestionType.SINGLE, (1,), (1,), (0,))
    assert found.distribution == (
        Bar(answer="a", count=1, correct=False),
        Bar(answer="b", count=2, correct=True),
        Bar(answer="c", count=0, correct=False),
    )
    assert (found.answered, found.not_answered, found.correct, found.median_ms) == (3, 0, 2, 2_000)
    assert found.share_correct == pytest.approx(2 / 3)


def test_statistics_of_several_picks_count_each_pick() -> None:
    """Right is who picked all of them and no other."""
    found = of_choices(QuestionType.MULTIPLE, (0, 2), (0,), (1, 2))
    assert [bar.count for bar in found.distribution] == [2, 1, 2]
    assert found.correct == 1


def test_statistics_of_a_shuffled_question_are_in_the_authors_order() -> None:
    """Everybody picks what the author wrote first, wherever it was shown."""
    game = played(question(), settings=Settings(shuffle_choices=True))
    place = game.shown(0).choices.index("a")
    for nickname in ("Ada", "Bob"):
        game.answer(game.join(nickname), 0, AnswerValue(choices=(place,)))
    assert [bar.count for bar in game.statistics()[0].distribution] == [2, 0, 0]


def test_statistics_of_a_poll_have_no_right_answer() -> None:
    """There is nothing to be right about."""
    found = of_choices(QuestionType.POLL, (0,), (0,))
    assert (found.correct, found.share_correct) == (None, None)
    assert {bar.correct for bar in found.distribution} == {None}


def test_statistics_of_texts_fold_what_is_marked_alike() -> None:
    """Case and accents do not make two answers of one; shown as it was written first."""
    found = of_texts(QuestionType.TEXT, " Ádá", "ada", "ADA", "Bob")
    assert found.distribution == (
        Bar(answer="Ádá", count=3, correct=True),
        Bar(answer="Bob", count=1, correct=False),
    )


def test_statistics_of_numbers_fold_equal_ones() -> None:
    """3,50 is 3.5."""
    found = of_texts(QuestionType.NUMBER, "3,50", "3.5", "9")
    assert [(bar.answer, bar.count, bar.correct) for bar in found.distribution] == [
        ("3,50", 2, True),
        ("9", 1, False),
    ]


def test_statistics_of_orders_count_whole_orders() -> None:
    """The right one is known among them."""
    found = of_choices(QuestionType.ORDER, (2, 0, 1), (0, 1, 2), (2, 0, 1))
    assert found.distribution[0] == Bar(answer="c → a → b", count=2, correct=True)


def test_statistics_of_many_different_answers_name_the_most_frequent() -> None:
    """Memory and screens are bounded; the rest is one number."""
    found = of_texts(QuestionType.TEXT, *(f"answer {number}" for number in range(TOP_ANSWERS + 5)), "answer 12")
    assert len(found.distribution) == TOP_ANSWERS
    assert found.distribution[0].answer == "answer 12"
    assert found.other_answers == 5


def test_statistics_without_answers_have_nothing_to_say() -> None:
    """No division by nobody."""
    game = played()
    game.join("Ada")
    (found,) = game.statistics()
    assert (found.answered, found.not_answered, found.correct) == (0, 1, 0)
    assert (found.share_correct, found.median_ms) == (None, None)


def test_statistics_leave_removed_players_out() -> None:
    """Neither among the answers nor among those who did not."""
    game: Played = played(removed=("p0",))
    game.answer(game.join("Kicked"), 0, AnswerValue(choices=(0,)))
    game.answer(game.join("Ada"), 0, AnswerValue(choices=(1,)))
    (found,) = game.statistics()
    assert (found.players, found.answered, found.not_answered) == (1, 1, 0)
