"""Answers to shuffled questions, told in the author's order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.marking import is_correct, value_problem
from shared.domain.player import Answer
from shared.domain.quiz import AnswerValue, Question, QuestionType
from shared.domain.shuffle import shown_question
from shared.results.authored import authored_question, counting_answers
from shared.results.words import answer_words, correct_words
from tests.unit.domain.asking import question
from tests.unit.exporters.quizzes import questions

SHUFFLABLE = [type for type in QuestionType if type not in {QuestionType.TEXT, QuestionType.NUMBER}]


@pytest.mark.parametrize("type", SHUFFLABLE)
@given(data=st.data(), seed=st.text(max_size=3), shuffled=st.booleans())
def test_authored_answer_is_as_right_and_says_the_same(
    type: QuestionType, data: st.DataObject, seed: str, shuffled: bool
) -> None:
    """Whatever the seed: marked alike, and made of the texts that the player saw."""
    written = data.draw(questions(type))
    shown = shown_question(written, index=3, seed=seed, shuffled=shuffled)
    value = AnswerValue(choices=data.draw(_picked(shown)))
    assert value_problem(shown, value) is None
    asked = authored_question(written, index=3, seed=seed, shuffled=shuffled)
    told = asked.value(value)
    assert is_correct(written, told) == is_correct(shown, value)
    if type in {QuestionType.SINGLE, QuestionType.TRUE_FALSE, QuestionType.POLL, QuestionType.ORDER}:
        assert answer_words(written, told) == answer_words(shown, value)
    if type is QuestionType.MATCH:
        assert sorted(_pairs(written, told)) == sorted(_pairs(shown, value))


def _picked(shown: Question) -> st.SearchStrategy[tuple[int, ...]]:
    count = len(shown.choices)
    match shown.type:
        case QuestionType.MATCH:
            return st.permutations(range(len(shown.targets))).map(lambda order: tuple(order[:count]))
        case QuestionType.ORDER:
            return st.permutations(range(count)).map(tuple)
        case QuestionType.MULTIPLE:
            return st.lists(st.integers(0, count - 1), min_size=1, unique=True).map(tuple)
        case _:
            return st.integers(0, count - 1).map(lambda index: (index,))


def _pairs(asked: Question, value: AnswerValue) -> list[tuple[str, str]]:
    return [(choice, asked.targets[at]) for choice, at in zip(asked.choices, value.choices, strict=True)]


@pytest.mark.parametrize(
    ("type", "value", "words", "right"),
    [
        (QuestionType.SINGLE, AnswerValue(choices=(2,)), "c", "b"),
        (QuestionType.MULTIPLE, AnswerValue(choices=(0, 1)), "a; b", "a; c"),
        (QuestionType.TRUE_FALSE, AnswerValue(choices=(1,)), "False", "True"),
        (QuestionType.TEXT, AnswerValue(text="Ada!"), "Ada!", "Ada | Ada Lovelace"),
        (QuestionType.NUMBER, AnswerValue(text="3,4"), "3,4", "3.5 ± 0.5"),
        (QuestionType.ORDER, AnswerValue(choices=(1, 2, 0)), "b → c → a", "c → a → b"),
        (QuestionType.POLL, AnswerValue(choices=(0,)), "a", ""),
    ],
)
def test_answer_in_words_is_what_a_host_can_read(
    type: QuestionType, value: AnswerValue, words: str, right: str
) -> None:
    """No index in sight."""
    assert answer_words(question(type), value) == words
    assert correct_words(question(type)) == right


def test_match_in_words_names_each_pair() -> None:
    """Items in the author's order, each with what it was matched with."""
    asked = question(
        QuestionType.MATCH, choices=("Italy", "France"), targets=("Paris", "Oslo", "Rome"), correct=(2, 0)
    )
    assert answer_words(asked, AnswerValue(choices=(2, 1))) == "Italy → Rome; France → Oslo"
    assert correct_words(asked) == "Italy → Rome; France → Paris"


def test_counting_answers_are_the_last_ones() -> None:
    """A changed answer counts once; which one does not depend on the order of reading."""
    first, second, other = (
        Answer(id=id, session_id="s", player_id=player, question=0, value=AnswerValue(choices=(0,)),
               received_at_ms=at, elapsed_ms=at)
        for id, player, at in (("a", "p", 1), ("b", "p", 3), ("c", "q", 2))
    )  # fmt: skip
    assert counting_answers([second, other, first]) == counting_answers([first, second, other]) == [other, second]
