"""The payload of every event: what it carries, validated as it is decoded. Unknown fields are ignored, so that a
newer emitter may add one. Times are Unix milliseconds of the one clock, durations milliseconds, questions
count from 0. The session's id is the event's `subject`.
"""

from typing import Annotated

from msgspec import Meta, Struct

from shared.domain.errors import RefusalCode
from shared.domain.quiz import QuestionType
from shared.domain.scoring import ScoringPolicy
from shared.domain.session import Phase
from shared.domain.settings import Pacing, ResultsShown

Id = Annotated[str, Meta(min_length=1, max_length=128)]
Millis = Annotated[int, Meta(ge=0, le=2**53)]
Index = Annotated[int, Meta(ge=0, lt=500)]
# Numbers are bounded to what every store and JSON reader keeps exactly.
Count = Annotated[int, Meta(ge=0, le=2**53)]
Version = Annotated[int, Meta(ge=1, le=2**53)]
Points = Annotated[int, Meta(ge=-(2**53), le=2**53)]
Team = Annotated[int, Meta(ge=0, lt=20)]
Nickname = Annotated[str, Meta(min_length=1, max_length=200)]


class Payload(Struct, frozen=True, kw_only=True):
    """The base of all payloads."""


class Value(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An answer: indexes of choices, or text."""

    choices: Annotated[tuple[Annotated[int, Meta(ge=0, lt=100)], ...], Meta(max_length=100)] = ()
    text: Annotated[str, Meta(max_length=1_000)] = ""


class PlayerJoinRequested(Payload, frozen=True, kw_only=True):
    """Somebody asks to join. `gateway` waits for the outcome. `device`: what the browser calls itself; `team`: the
    one that the player picked."""

    request_id: Id
    player_id: Id
    nickname: Annotated[str, Meta(max_length=1_000)]
    gateway: Id
    received_at_ms: Millis
    device: Annotated[str, Meta(max_length=128)] = ""
    team: Team | None = None


class PlayerJoined(Payload, frozen=True, kw_only=True):
    """The player is in. The same request always gives the same player."""

    request_id: Id
    player_id: Id
    nickname: Nickname
    joined_at_ms: Millis
    gateway: Id
    team: Team | None = None
    starting_points: Points = 0


class PlayerRefused(Payload, frozen=True, kw_only=True):
    """The join request was refused by a rule."""

    request_id: Id
    player_id: Id
    code: RefusalCode
    message: str
    gateway: Id


class AnswerSubmitted(Payload, frozen=True, kw_only=True):
    """A player answered; acknowledged to the player once this is in Kafka."""

    answer_id: Id
    player_id: Id
    question: Index
    value: Value
    received_at_ms: Millis


class AnswerAccepted(Payload, frozen=True, kw_only=True):
    """An answer that counts, unless the session lets players change theirs and a later one came; everything that
    scoring needs. `value` holds indexes of the choices as shown, in the order that follows from `shuffle_seed`."""

    answer_id: Id
    player_id: Id
    nickname: Nickname
    joined_at_ms: Millis
    question: Index
    value: Value
    received_at_ms: Millis
    elapsed_ms: Millis
    quiz_id: Id
    quiz_version: Version
    policy: ScoringPolicy
    penalty_percent: Annotated[int, Meta(ge=0, le=100)] = 0
    partial_credit: bool = False
    streak_bonus: bool = False
    shuffle_seed: Annotated[str, Meta(max_length=128)] = ""
    shuffled: bool = False
    changeable: bool = False
    tells_result: bool = False
    team: Team | None = None
    starting_points: Points = 0


class AnswerRefused(Payload, frozen=True, kw_only=True):
    """The answer does not count, and why."""

    answer_id: Id
    player_id: Id
    question: Index
    code: RefusalCode
    message: str


class QuestionRequested(Payload, frozen=True, kw_only=True):
    """In a self-paced session, a player wants the next question. The first request starts that player's clock."""

    request_id: Id
    player_id: Id
    question: Index
    received_at_ms: Millis


class QuestionRefused(Payload, frozen=True, kw_only=True):
    """The question does not open for this player, and why."""

    request_id: Id
    player_id: Id
    question: Index
    code: RefusalCode
    message: str


class ScoreUpdated(Payload, frozen=True, kw_only=True):
    """Points of one answer. Absolute: this answer's own, not a difference."""

    player_id: Id
    nickname: Nickname
    joined_at_ms: Millis
    question: Index
    correct: bool
    points: Annotated[int, Meta(ge=-(10**6), le=10**6)]
    elapsed_ms: Millis
    answer_id: Annotated[str, Meta(max_length=128)] = ""
    received_at_ms: Millis = 0
    team: Team | None = None
    streak_place: Index | None = None
    starting_points: Points = 0


class PlayerResult(Payload, frozen=True, kw_only=True):
    """In a self-paced session that shows results at once: what an answer gave its player."""

    player_id: Id
    answer_id: Id
    question: Index
    correct: bool
    points: Annotated[int, Meta(ge=-(10**6), le=10**6)]


class BoardEntry(Struct, frozen=True, kw_only=True):
    """One line of the top of the board."""

    rank: Annotated[int, Meta(ge=1, le=2**53)]
    player_id: Id
    nickname: Nickname
    points: Points
    total_ms: Millis
    team: Team | None = None


class TeamLine(Struct, frozen=True, kw_only=True):
    """A team's place; `players` of it have an accepted answer."""

    rank: Annotated[int, Meta(ge=1, le=20)]
    team: Team
    points: Points
    players: Count


class LeaderboardUpdated(Payload, frozen=True, kw_only=True):
    """One tick: the top of the board after `version` scored answers; `answered` players answered `question`.

    `held`: places and points are as they were before `question`, whose results come at its close. `edition`: the
    greater, the newer.
    """

    version: Count
    players: Count
    question: Index
    answered: Count
    top: tuple[BoardEntry, ...]
    teams: tuple[TeamLine, ...] = ()
    held: bool = False
    edition: Count = 0


class QuestionView(Struct, frozen=True, kw_only=True):
    """A question as players may see it while it is open: never with its key. Answers count from `opened_at_ms`,
    which may be a little ahead."""

    index: Index
    type: QuestionType
    prompt: str
    choices: tuple[str, ...]
    targets: tuple[str, ...] = ()
    time_limit_ms: Millis
    points: Count
    image_url: str
    opened_at_ms: Millis
    closes_at_ms: Millis


class Reveal(Struct, frozen=True, kw_only=True):
    """A closed question's key."""

    correct: tuple[Index, ...]
    accepted: tuple[str, ...]


class PlayerQuestionOpened(Payload, frozen=True, kw_only=True):
    """In a self-paced session, a question with this player's own times. `answered`: an answer is in already."""

    request_id: Id
    player_id: Id
    question: QuestionView
    answered: bool


class SettingsView(Struct, frozen=True, kw_only=True):
    """What everybody may know of a session's settings."""

    pacing: Pacing = Pacing.HOST
    results: ResultsShown = ResultsShown.AT_ONCE
    answer_change: bool = False
    streak_bonus: bool = False
    penalty_percent: Annotated[int, Meta(ge=0, le=100)] = 0
    teams: tuple[str, ...] = ()
    language: str = "en"
    reveal_ms: Millis = 0
    reactions: bool = False


class SessionChanged(Payload, frozen=True, kw_only=True):
    """The whole public state of a session at `version`: newer replaces older. `reveal` only once closed.

    `ends_at_ms`: when a self-paced session ends, 0 for others. `removed`: the players whom the host put out.
    """

    version: Version
    phase: Phase
    title: str
    question_count: Count
    question: QuestionView | None = None
    reveal: Reveal | None = None
    settings: SettingsView = SettingsView()
    locked: bool = False
    cancelled: bool = False
    ends_at_ms: Millis = 0
    removed: tuple[Id, ...] = ()


class SessionRebuildRequested(Payload, frozen=True, kw_only=True):
    """Redis came back empty: whoever keeps something there rebuilds this session's share of it."""

    redis_epoch: Id


class PipelineWakeRequested(Payload, frozen=True, kw_only=True):
    """An answer came after a pause, to `gateway`: whoever will work on it starts now, not when its turn comes."""

    gateway: Id
