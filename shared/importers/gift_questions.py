"""What of a parsed GIFT question can be played, as a Quizline question.

Choices: = and positive weights are right. Where one answer has full marks, others with part of them are wrong
here, with a notice. Feedback is dropped: Quizline shows none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from shared.domain.quiz import MAX_IMAGE_URL, Question, QuestionType
from shared.domain.reasons import Reason
from shared.importers import gift_numbers, gift_text, reasons
from shared.importers.gift_grammar import Choice, Choices, Essay, NumberChoice, Numbers, Parsed, Rich, TrueFalse

GAP = "_____"
PAIR = "->"
FULL = Decimal(100)


class NotPlayable(Exception):
    """The question is understood, but cannot be asked. `at` is the offset of the reason, None for the whole."""

    def __init__(self, message: Reason, at: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


AnyChoice = TypeVar("AnyChoice", Choice, NumberChoice)


@dataclass(slots=True)
class Draft:
    """A question in the making, and what was left out of it: offset, message."""

    parsed: Parsed
    format: str
    image_url: str = ""
    notices: list[tuple[int, Reason]] = field(default_factory=list)

    def plain(self, rich: Rich, *, of_prompt: bool = False) -> str:
        """Plain text. The prompt's first picture that anybody can fetch is kept, any other is named."""
        if len(rich.raw) > gift_text.MAX_RAW:
            raise NotPlayable(reasons.GIFT_LONG(most=gift_text.MAX_RAW, got=len(rich.raw)), rich.at)
        text = gift_text.plain(rich, default=self.format)
        for address in text.images:
            fetchable = address.startswith(("https://", "http://")) and len(address) <= MAX_IMAGE_URL
            if of_prompt and fetchable and not self.image_url:
                self.image_url = address
            else:
                self.notices.append((rich.at, reasons.GIFT_PICTURE(got=repr(address[:80]))))
        return text.text


def drafted(parsed: Parsed) -> tuple[Question, list[tuple[int, Reason]]]:
    """The question and its notices. Raises NotPlayable."""
    draft = Draft(parsed, (parsed.stem and parsed.stem.format) or gift_text.DEFAULT_FORMAT)
    match parsed.answers:
        case None:
            raise NotPlayable(reasons.GIFT_DESCRIPTION())
        case Essay():
            raise NotPlayable(reasons.GIFT_ESSAY())
        case TrueFalse(is_true=is_true):
            question = Question(
                type=QuestionType.TRUE_FALSE,
                prompt=_prompt(draft),
                choices=("True", "False"),
                correct=(0 if is_true else 1,),
            )
        case Numbers(choices=numbers):
            question = _number(draft, numbers)
        case Choices(choices=choices):
            question = _chosen(draft, choices)
    return replace(question, image_url=draft.image_url), draft.notices


def weight_of(choice: Choice | NumberChoice) -> Decimal:
    """Per cent of the marks: as written, else all for = and none for ~."""
    if choice.weight is None:
        return FULL if choice.mark == "=" else Decimal(0)
    try:
        weight = Decimal(choice.weight.replace(",", "."))
    except InvalidOperation:
        weight = Decimal("NaN")
    if not (weight.is_finite() and -FULL <= weight <= FULL):
        raise NotPlayable(reasons.GIFT_WEIGHT(got=repr(choice.weight)), choice.at)
    return weight


def _prompt(draft: Draft) -> str:
    """Text before and after the braces, with a gap between the two where something follows."""
    stem, tail = draft.parsed.stem, draft.parsed.tail
    parts = [draft.plain(stem, of_prompt=True)] if stem else []
    if tail is not None:
        parts += [GAP, draft.plain(tail, of_prompt=True)]
    return " ".join(part for part in parts if part)


def _choice(draft: Draft, choices: Sequence[Choice]) -> Question:
    weights = [weight_of(choice) for choice in choices]
    has_full = FULL in weights
    single = any(choice.mark == "=" for choice in choices)
    right = tuple(i for i, weight in enumerate(weights) if (weight == FULL if has_full and single else weight > 0))
    if not right:
        raise NotPlayable(reasons.GIFT_NONE_RIGHT(), choices[0].at)
    draft.notices += (
        (choice.at, reasons.GIFT_PART_MARKS(weight=str(weight)))
        for i, (choice, weight) in enumerate(zip(choices, weights, strict=True))
        if weight > 0 and i not in right
    )
    if single and len(right) > 1:
        draft.notices.append((choices[right[1]].at, reasons.SEVERAL_RIGHT()))
    return Question(
        type=QuestionType.SINGLE if single and len(right) == 1 else QuestionType.MULTIPLE,
        prompt=_prompt(draft),
        choices=tuple(draft.plain(choice.text) for choice in choices),
        correct=right,
    )


def _chosen(draft: Draft, choices: Sequence[Choice]) -> Question:
    """As Moodle tells them apart: only right answers are pairs or typed text, all else is to choose from."""
    if any(choice.mark != "=" for choice in choices):
        return _choice(draft, choices)
    pairs = [choice for choice in choices if PAIR in choice.text.raw]
    if pairs and len(pairs) < len(choices):
        lone = next(choice for choice in choices if choice not in pairs)
        raise NotPlayable(reasons.GIFT_PAIR(), lone.at)
    return _match(draft, pairs) if pairs else _text(draft, choices)


def _match(draft: Draft, pairs: Sequence[Choice]) -> Question:
    """Left of the arrow what is asked for, right of it what belongs to it; with nothing on the left, a decoy."""
    lefts, targets, correct = [], [], []
    for place, pair in enumerate(pairs):
        left, _, right = pair.text.raw.partition(PAIR)
        asked = draft.plain(replace(pair.text, raw=left))
        target = draft.plain(Rich(at=pair.at, format=None, raw=right))
        if target in targets:
            raise NotPlayable(reasons.GIFT_PARTNER(got=repr(target[:40])), pair.at)
        targets.append(target)
        if asked:
            lefts.append(asked)
            correct.append(place)
    return Question(
        type=QuestionType.MATCH,
        prompt=_prompt(draft),
        choices=tuple(lefts),
        targets=tuple(targets),
        correct=tuple(correct),
    )


def _text(draft: Draft, choices: Sequence[Choice]) -> Question:
    accepted = []
    for choice in _best(draft, choices):
        text = draft.plain(choice.text)
        if "*" in text.replace("\\*", ""):
            draft.notices.append((choice.at, reasons.GIFT_ANY_TEXT()))
        accepted.append(text.replace("\\*", "*"))
    return Question(type=QuestionType.TEXT, prompt=_prompt(draft), accepted=tuple(dict.fromkeys(accepted)))


def _number(draft: Draft, choices: Sequence[NumberChoice]) -> Question:
    best = _best(draft, choices)
    intervals = [choice.interval for choice in best if choice.interval is not None]
    if len(intervals) < len(best):
        raise NotPlayable(reasons.GIFT_ANY_NUMBER(), best[0].at)
    found = gift_numbers.widest(intervals)
    if isinstance(found, Reason):
        raise NotPlayable(found, best[0].at)
    value, tolerance = found
    return Question(type=QuestionType.NUMBER, prompt=_prompt(draft), accepted=(value,), tolerance=tolerance)


def _best(draft: Draft, choices: Sequence[AnyChoice]) -> list[AnyChoice]:
    """The answers with the most marks. Those with some marks are named; those with none are feedback only."""
    weights = [weight_of(choice) for choice in choices]
    most = max(weights)
    if most <= 0:
        raise NotPlayable(reasons.GIFT_NONE_RIGHT(), choices[0].at)
    if most < FULL:
        draft.notices.append((choices[0].at, reasons.GIFT_NO_FULL_MARKS(weight=str(most))))
    draft.notices += (
        (choice.at, reasons.GIFT_PART_MARKS(weight=str(weight)))
        for choice, weight in zip(choices, weights, strict=True)
        if 0 < weight < most
    )
    return [choice for choice, weight in zip(choices, weights, strict=True) if weight == most]
