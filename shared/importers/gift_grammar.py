"""The grammar of one GIFT question, as combinators of the parsy library.

    question  ::title:: text { answers } text after the gap
    answers   nothing (essay) | T, F, TRUE, FALSE | one short answer | choices that begin with = or ~ | # numbers
    each      #feedback, and at the end of the answers ####general feedback

After Moodle's documentation of the format. What is a control character where is decided as Moodle does: in a
question's text only the braces are, in answers also = ~ and #. A backslash takes the meaning from each of them.
"""

from dataclasses import dataclass

from parsy import ParseError, Parser, alt, eof, index, regex, seq, string, success

from shared.domain.reasons import Reason
from shared.importers import reasons

_ESCAPED = r"\\[\\:#={}~n]"
_LONE = r"\\(?![\\:#={}~n])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rich:
    """Text as written, with the format that stands before it, if one does."""

    at: int
    format: str | None
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An answer after = or ~. `weight` is what stands between % signs."""

    at: int
    mark: str
    weight: str | None
    text: Rich


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A number; or with ":" how far off still counts; or with ".." where its range ends."""

    low: str
    operator: str | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberChoice:
    """A number after = or ~; None stands for every other number."""

    at: int
    mark: str
    weight: str | None
    interval: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalse:
    is_true: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    choices: tuple[NumberChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Essay:
    """Braces with nothing to choose or compare in them."""


Answers = TrueFalse | Choices | Numbers | Essay


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """One question. Without `answers` it is a description. `tail` is the text after a gap."""

    title: str | None
    stem: Rich | None
    answers: Answers | None
    tail: Rich | None


class GiftSyntaxError(Exception):
    """The text is no GIFT. `at` is the offset, `message` says expected and got."""

    def __init__(self, at: int, message: Reason) -> None:
        super().__init__(message)
        self.at = at
        self.message = message


def parsed(text: str) -> Parsed:
    """Parse one question. Raises GiftSyntaxError at the furthest place that the text could be followed to."""
    text = text.rstrip(" \t\n")
    try:
        question: Parsed = _QUESTION.parse(text)
    except ParseError as error:
        raise GiftSyntaxError(error.index, _reason(text, error)) from None
    return question


def _reason(text: str, error: ParseError) -> Reason:
    expected = _listed(error.expected)
    if error.index >= len(text):
        return reasons.GIFT_END(expected=expected)
    return reasons.GIFT_SYNTAX(expected=expected, got=repr(text[error.index]))


def _listed(expected: frozenset[str]) -> str:
    *most, last = sorted(expected, key=lambda word: (word.startswith(("#", "[")), word))
    return f"{', '.join(most)} or {last}" if most else last


def _rich(characters: str, name: str) -> Parser:
    formatted = regex(r"\[(html|markdown|plain|moodle)\]", group=1).desc("[format]").optional()
    return seq(at=index, format=formatted << _SPACE, raw=regex(characters).desc(name)).combine_dict(Rich)


def _short(answer: Rich) -> Choices:
    return Choices(choices=(Choice(at=answer.at, mark="=", weight=None, text=answer),))


def _alone(at: int, interval: Interval) -> Numbers:
    return Numbers(choices=(NumberChoice(at=at, mark="=", weight=None, interval=interval),))


def _question(title: str | None, stem: Rich | None, answered: tuple[Answers | None, Rich | None]) -> Parsed:
    answers, tail = answered
    return Parsed(title=title, stem=stem, answers=answers, tail=tail)


_SPACE = regex(r"[ \t\n]*")
_ANSWER_TEXT = rf"(?:{_ESCAPED}|[^=~#{{}}\\]+|{_LONE})++"
_OPEN_TEXT = rf"(?:{_ESCAPED}|[^{{}}\\]+|{_LONE})++"

_TITLE = (
    string("::").desc("a title")
    >> regex(rf"(?:{_ESCAPED}|(?!::)[\s\S])*")
    << string("::").desc("'::' at the end of the title")
)
_FEEDBACK = (regex(r"#(?!###)").desc("#feedback") >> regex(rf"(?:{_ANSWER_TEXT})?") << _SPACE).many()
_GENERAL = string("####").desc("####general feedback") >> regex(rf"(?:{_OPEN_TEXT})?")
_MARK = regex(r"[=~]").desc("an answer that begins with = or ~") << _SPACE
_WEIGHT = (regex(r"%[ \t]*([^%\s=~#{}]*)[ \t]*%", group=1).desc("%weight%") << _SPACE).optional()

_CHOICE = (
    seq(at=index, mark=_MARK, weight=_WEIGHT, text=_rich(_ANSWER_TEXT, "the text of the answer")).combine_dict(
        Choice
    )
    << _FEEDBACK
)
_CHOICES = _CHOICE.at_least(1).map(lambda found: Choices(choices=tuple(found)))

_NUMBER = regex(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?").desc("a number") << _SPACE
_SECOND = regex(r":|\.\.").desc("':' and a tolerance or '..' and the end of the range") << _SPACE
_INTERVAL = alt(
    seq(low=_NUMBER, operator=_SECOND, other=_NUMBER).combine_dict(Interval),
    seq(low=_NUMBER).combine_dict(Interval),
)
_ANY_NUMBER = (string("*").desc("*") << _SPACE).optional().result(None)
_NUMBER_CHOICE = (
    seq(at=index, mark=_MARK, weight=_WEIGHT, interval=alt(_INTERVAL, _ANY_NUMBER)).combine_dict(NumberChoice)
    << _FEEDBACK
)
_NUMBERS = (regex(r"#(?!###)").desc("# and a number") >> _SPACE) >> alt(
    _NUMBER_CHOICE.at_least(1).map(lambda found: Numbers(choices=tuple(found))),
    seq(index, _INTERVAL).combine(_alone) << _FEEDBACK,
)

_TRUE_FALSE = regex(r"(TRUE|T|FALSE|F)(?=[ \t\n]*[#}])", group=1).desc("T or F") << _SPACE << _FEEDBACK
_BODY = alt(
    _NUMBERS,
    _CHOICES,
    _TRUE_FALSE.map(lambda word: TrueFalse(is_true=word.startswith("T"))),
    _rich(_ANSWER_TEXT, "a short answer").map(_short) << _FEEDBACK,
    success(Essay()),
)
_BRACES = (
    string("{").desc("'{' and the answers")
    >> _SPACE
    >> _BODY
    << _SPACE
    << _GENERAL.optional()
    << string("}").desc("'}' at the end of the answers")
    << _SPACE
)
_COMMENT = (regex(r"//[^\n]*").desc("a comment") << _SPACE).optional()
_ANSWERED = seq(_BRACES, _COMMENT >> _rich(_OPEN_TEXT, "text after the gap").optional())
_QUESTION = (
    _SPACE
    >> seq(
        _TITLE.optional() << _SPACE,
        _rich(rf"(?!::){_OPEN_TEXT}", "the question").optional(),
        _ANSWERED.optional((None, None)),
    ).combine(_question)
    << eof.desc("a blank line after the question")
)
