"""GIFT's numbers and ranges as a value and a tolerance, exact: no float on the way."""

from collections.abc import Sequence
from decimal import Decimal, localcontext

from shared.domain.quiz import decimal_of
from shared.domain.reasons import Reason
from shared.importers import reasons
from shared.importers.gift_grammar import Interval

# decimal_of bounds digits and exponent, so that a sum of two and its half need fewer digits than this.
_EXACT_DIGITS = 1_000


def widest(intervals: Sequence[Interval]) -> tuple[str, str] | Reason:
    """Value and tolerance of the one interval that holds all others, or why there is none."""
    spans = []
    for interval in intervals:
        span = _span(interval)
        if span is None:
            numbers = f"{interval.low}{interval.operator or ''}{interval.other or ''}"
            return reasons.GIFT_NUMBER_SIZE(got=numbers[:80])
        spans.append(span)
    low, high = min(low for low, _ in spans), max(high for _, high in spans)
    if (low, high) not in spans:
        return reasons.GIFT_NUMBERS_APART(count=len(spans))
    with localcontext(prec=_EXACT_DIGITS):
        return _written((low + high) / 2), _written((high - low) / 2)


def _span(interval: Interval) -> tuple[Decimal, Decimal] | None:
    """From the lowest to the highest right number; a negative tolerance counts as its amount."""
    first = decimal_of(interval.low)
    second = decimal_of(interval.other or "0")
    if first is None or second is None:
        return None
    with localcontext(prec=_EXACT_DIGITS):
        if interval.operator == "..":
            return min(first, second), max(first, second)
        return first - abs(second), first + abs(second)


def _written(number: Decimal) -> str:
    """Without an exponent, and without zeros that say nothing: 9, not 9.0."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
