"""Any quiz that can be published, for property tests: every type, with every key that it has."""

import unicodedata
from collections.abc import Callable
from decimal import Decimal

from hypothesis import strategies as st

from shared.domain.quiz import MAX_CHOICE, MAX_CHOICES, MAX_PROMPT, MAX_TEXT_ANSWER, Question, QuestionType
from shared.importers.imported import asked_problems

LETTERS = st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("=+-@'|\\\",;\t\n ＝")


def texts(most: int) -> st.SearchStrategy[str]:
    return st.text(LETTERS, min_size=1, max_size=min(most, 12)).filter(lambda text: bool(text.strip()))


def lists(most: int, *, size: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(texts(most), min_size=2, max_size=size).map(tuple)


@st.composite
def questions(draw: st.DrawFn, type: QuestionType) -> Question:
    """A question of this type that can be asked."""
    choices: tuple[str, ...] = ()
    correct: tuple[int, ...] = ()
    targets: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    tolerance = "0"
    match type:
        case QuestionType.TEXT:
            accepted = draw(st.lists(texts(MAX_TEXT_ANSWER), min_size=1, max_size=5).map(tuple))
        case QuestionType.NUMBER:
            accepted = (draw(_numbers),)
            tolerance = draw(_numbers.map(lambda number: number.lstrip("-")))
        case QuestionType.MATCH:
            targets = draw(lists(MAX_CHOICE, size=MAX_CHOICES))
            choices = draw(lists(MAX_CHOICE, size=len(targets)))
            correct = draw(st.permutations(range(len(targets))).map(lambda order: tuple(order[: len(choices)])))
        case _:
            choices = draw(lists(MAX_CHOICE, size=2 if type is QuestionType.TRUE_FALSE else MAX_CHOICES))
            correct = draw(_correct(type)(len(choices)))
    return Question(
        type=type,
        prompt=draw(texts(MAX_PROMPT)),
        choices=choices,
        targets=targets,
        correct=correct,
        accepted=accepted,
        tolerance=tolerance,
        time_limit_ms=draw(st.integers(1_000, 600_000)),
        points=draw(st.integers(0, 10_000)),
        image_url=draw(st.sampled_from(["", "https://example.org/a.png", "/uploads/a,b;c.png"])),
    )


_numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9).map(
    lambda number: f"{Decimal(number):f}"
)


def _correct(type: QuestionType) -> Callable[[int], st.SearchStrategy[tuple[int, ...]]]:
    match type:
        case QuestionType.POLL:
            return lambda _: st.just(())
        case QuestionType.ORDER:
            return lambda count: st.permutations(range(count)).map(tuple)
        case QuestionType.MULTIPLE:
            return lambda count: st.lists(st.integers(0, count - 1), min_size=1, max_size=count, unique=True).map(
                tuple
            )
        case _:
            return lambda count: st.integers(0, count - 1).map(lambda index: (index,))


def quizzes() -> st.SearchStrategy[tuple[Question, ...]]:
    """One to four questions of any types."""
    one = st.sampled_from(QuestionType).flatmap(questions)
    return st.lists(one.filter(lambda question: not asked_problems(question)), min_size=1, max_size=4).map(tuple)


def titles() -> st.SearchStrategy[str]:
    return texts(200).map(str.strip).filter(lambda title: unicodedata.category(title[0]) != "Cc")
