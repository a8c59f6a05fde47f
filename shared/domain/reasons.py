"""Why something cannot be taken: an English sentence of expected and got, and what other languages say it by.

A Kind is a stable code and its sentence with places for values; called with the values, it gives a Reason. Once
published, a code never changes its meaning, nor do its places. Importers have kinds of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from shared.domain.errors import Refusal, RefusalCode

Values = Mapping[str, str | int]


class Reason(str):
    """The sentence itself, for programs' users and logs; `code` and `values` for who translates it."""

    code: str
    values: Values

    def __new__(cls, sentence: str, *, code: str, values: Values) -> "Reason":
        reason = super().__new__(cls, sentence)
        reason.code = code
        reason.values = MappingProxyType(dict(values))
        return reason

    def at(self, place: str) -> "Reason":
        """The same reason, whose sentence ends with where it was found."""
        return Reason(f"{self} {place}", code=self.code, values=self.values)


@dataclass(frozen=True, slots=True)
class Kind:
    """`sentence` has a place in braces for each value."""

    code: str
    sentence: str

    def __call__(self, **values: str | int) -> Reason:
        return Reason(self.sentence.format(**values), code=self.code, values=values)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedReason:
    """`question`: the index of the question it lies in, None for the whole."""

    question: int | None
    reason: Reason

    def __str__(self) -> str:
        return self.reason if self.question is None else f"question {self.question + 1}: {self.reason}"


class Unfit(Refusal):
    """QUIZ_INVALID or SETTINGS_INVALID, with each of its reasons."""

    def __init__(self, code: RefusalCode, reasons: Sequence[LocatedReason], *, shown: int) -> None:
        sentences = [str(reason) for reason in reasons[:shown]]
        more = [f"and {len(reasons) - shown} more"] if len(reasons) > shown else []
        super().__init__(code, "; ".join([*sentences, *more]))
        self.reasons = tuple(reasons[:shown])


def kinds_in(names: Mapping[str, object]) -> tuple[Kind, ...]:
    """Every kind among a module's names, by code."""
    return tuple(sorted((name for name in names.values() if isinstance(name, Kind)), key=lambda kind: kind.code))


# A quiz and its questions (quiz.py)
TITLE_EMPTY = Kind("title_empty", "expected a title, got an empty one")
TITLE_LONG = Kind("title_long", "expected a title of at most {most} characters, got {got}")
QUESTION_COUNT = Kind("question_count", "expected 1 to {most} questions, got {got}")
PROMPT_EMPTY = Kind("prompt_empty", "expected a prompt, got an empty one")
PROMPT_LONG = Kind("prompt_long", "expected a prompt of at most {most} characters, got {got}")
TIME_LIMIT = Kind("time_limit", "expected a time limit of {least} to {most} ms, got {got}")
POINTS = Kind("points", "expected 0 to {most} points, got {got}")
IMAGE_URL_LONG = Kind("image_url_long", "expected an image address of at most {most} characters, got {got}")
IMAGE_URL = Kind("image_url", "expected an image address that starts with https://, http:// or /")
CHOICE_COUNT = Kind("choice_count", "expected {least} to {most} choices for type {type}, got {got}")
CHOICE_COUNT_EXACT = Kind("choice_count_exact", "expected {expected} choices for type {type}, got {got}")
CHOICE_LENGTH = Kind("choice_length", "expected choices of 1 to {most} characters")
CORRECT_RANGE = Kind("correct_range", "expected correct choices from 0 to {most}, got {got}")
CORRECT_REPEATED = Kind("correct_repeated", "expected each correct choice once, got {got}")
CORRECT_COUNT = Kind("correct_count", "expected {least} to {most} correct for type {type}, got {got}")
CORRECT_COUNT_EXACT = Kind("correct_count_exact", "expected {expected} correct for type {type}, got {got}")
TARGETS_UNASKED = Kind("targets_unasked", "expected targets for type match only, got {got} for type {type}")
TARGET_COUNT = Kind("target_count", "expected {least} to {most} targets, got {got}")
TARGET_LENGTH = Kind("target_length", "expected targets of 1 to {most} characters")
ACCEPTED_COUNT = Kind("accepted_count", "expected 1 to {most} accepted answers, got {got}")
ACCEPTED_EMPTY = Kind("accepted_empty", "expected accepted answers that are not empty")
ACCEPTED_LONG = Kind("accepted_long", "expected accepted answers of at most {most} characters")
ACCEPTED_NUMBER = Kind("accepted_number", "expected one accepted number, got {got}")
TOLERANCE = Kind("tolerance", "expected a tolerance of 0 or more, got {got}")

# A session's settings (settings.py)
TEAM_COUNT = Kind("team_count", "expected no teams or 2 to {most}, got {got}")
TEAM_LENGTH = Kind("team_length", "expected team names of 1 to {most} characters")
TEAM_REPEATED = Kind("team_repeated", "expected each team name once")
ROSTER_RULE = Kind("roster_rule", "expected a roster with the nickname rule roster only, got {got} names")
ROSTER_LONG = Kind("roster_long", "expected a roster of at most {most} names, got {got}")
ROSTER_NAME = Kind("roster_name", "expected names of 1 to {most} characters in the roster")
CHANGE_OWN_PACE = Kind(
    "change_own_pace", "expected no change of answers with pacing player: an answer ends a player's question"
)
LATE_SCORE_OWN_PACE = Kind(
    "late_score_own_pace", "expected late_score zero with pacing player, got {got}: nobody misses a question"
)
REVEAL_RANGE = Kind("reveal_range", "expected reveal_ms from {least} to {most}, got {got}")
LEAD_RANGE = Kind("lead_range", "expected lead_ms from {least} to {most}, got {got}")
DURATION_RANGE = Kind("duration_range", "expected duration_ms from {least} to {most}, got {got}")
IDLE_RANGE = Kind("idle_range", "expected idle_ms from {least} to {most}, got {got}")
SIZE_RANGE = Kind("size_range", "expected max_players from {least} to {most}, got {got}")
PENALTY_RANGE = Kind("penalty_range", "expected penalty_percent from {least} to {most}, got {got}")

KINDS = kinds_in(globals())
