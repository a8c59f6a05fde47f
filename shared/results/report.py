"""The rows of a session's results: one an answer that counts, one a player, one a question."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.domain.player import Answer, Player
from shared.domain.quiz import Quiz
from shared.domain.ranking import Entry, Result, counted_results
from shared.domain.session import Phase, Session
from shared.domain.settings import Pacing, player_team
from shared.results.authored import AuthoredQuestion, authored_question
from shared.results.totals import Totals
from shared.results.words import answer_words, correct_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Which session it was, and of what."""

    session_id: str
    quiz_id: str
    quiz_version: int
    title: str
    phase: str
    created_at: str
    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One answer. `question` counts from 1. `correct` is None for a poll, and like `points` until it is scored.

    While the question takes answers, what is right is not told: neither `correct_answer` nor these two.
    `rank` and `total` are the player's in the end; None for players who were removed.
    """

    question: int
    prompt: str
    type: str
    player_id: str
    nickname: str
    team: str
    answer: str
    correct_answer: str
    correct: bool | None
    points: int | None
    elapsed_ms: int
    answered_at: str
    rank: int | None
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerRow:
    """One player. `points` are all of them: the streak bonus and, from the first answer on, `starting_points` too.
    `rank` is None without any answer."""

    rank: int | None
    player_id: str
    nickname: str
    team: str
    points: int
    starting_points: int
    streak_bonus: int
    answered: int
    correct: int
    not_answered: int
    total_ms: int
    joined_at: str
    removed: bool


class Report:
    """A session's results, once everybody's totals are known."""

    def __init__(self, *, session: Session, quiz: Quiz, players: Sequence[Player], totals: Totals) -> None:
        self._session = session
        self._quiz = quiz
        self._players = {player.id: player for player in players}
        self._totals = totals
        self._entries: Mapping[str, Entry] = {
            entry.player_id: entry for entry in totals.entries(removed=session.removed)
        }
        self._removed = frozenset(session.removed)

    @property
    def heading(self) -> Heading:
        return Heading(
            session_id=self._session.id,
            quiz_id=self._quiz.id,
            quiz_version=self._quiz.version,
            title=self._quiz.title,
            phase=self._session.phase,
            created_at=moment(self._session.created_at_ms),
            policy=self._session.rules.policy,
        )

    @property
    def in_play(self) -> int:
        """How many players were there to answer."""
        return sum(player not in self._removed for player in self._players)

    def still_in(self, answers: Iterable[Answer]) -> list[Answer]:
        """Without those of removed players."""
        return [answer for answer in answers if answer.player_id not in self._removed]

    def answers(
        self, asked: AuthoredQuestion, answers: Iterable[Answer], results: Iterable[Result]
    ) -> list[AnswerRow]:
        """One question's rows, by rank; last those of players without one. `answers` are those that count."""
        is_told = has_closed(self._session, asked.index)
        counted, _ = counted_results(results)
        scored = {result.player_id: result for result in counted} if is_told else {}
        right = correct_words(asked.question) if is_told else ""
        rows = [self._answer(asked, right, answer, scored.get(answer.player_id)) for answer in answers]
        return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))

    def players(self) -> list[PlayerRow]:
        """By rank; then those without an answer and those removed, by when they joined."""
        rows = [self._player(player) for player in self._players.values()]
        return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0, row.joined_at))

    def _answer(self, asked: AuthoredQuestion, right: str, answer: Answer, result: Result | None) -> AnswerRow:
        # An answer to an earlier version of this player's choice is scored under that answer's own id.
        if result is not None and result.answer_id not in {"", answer.id}:
            result = None
        question, player = asked.question, self._players.get(answer.player_id)
        entry = self._entries.get(answer.player_id)
        return AnswerRow(
            question=asked.index + 1,
            prompt=question.prompt,
            type=question.type,
            player_id=answer.player_id,
            nickname=player.nickname if player else "",
            team=self._team(player),
            answer=answer_words(question, asked.value(answer.value)),
            correct_answer=right,
            correct=None if result is None or not right else result.correct,
            points=None if result is None else result.points,
            elapsed_ms=answer.elapsed_ms,
            answered_at=moment(answer.received_at_ms),
            rank=entry.rank if entry else None,
            total=entry.points if entry else None,
        )

    def _player(self, player: Player) -> PlayerRow:
        total, entry = self._totals.players.get(player.id), self._entries.get(player.id)
        answered = total.answered if total else 0
        return PlayerRow(
            rank=entry.rank if entry else None,
            player_id=player.id,
            nickname=player.nickname,
            team=self._team(player),
            points=total.all_points if total else 0,
            starting_points=player.starting_points,
            streak_bonus=total.bonus if total else 0,
            answered=answered,
            correct=total.correct if total else 0,
            not_answered=max(0, asked_count(self._session) - answered),
            total_ms=total.total_ms if total else 0,
            joined_at=moment(player.joined_at_ms),
            removed=player.id in self._removed,
        )

    def _team(self, player: Player | None) -> str:
        teams = self._session.settings.teams
        team = player_team(self._session.settings, player) if player and teams else None
        return "" if team is None else teams[team]


def asked_questions(session: Session, quiz: Quiz) -> Iterator[AuthoredQuestion]:
    """The questions that were opened, in order; with self pacing, all of them."""
    for index, question in enumerate(quiz.questions[: asked_count(session)]):
        yield authored_question(
            question, index=index, seed=session.seed, shuffled=session.settings.shuffle_choices
        )


def asked_count(session: Session) -> int:
    """How many questions were opened so far."""
    if session.settings.pacing is Pacing.PLAYER:
        return len(session.time_limits_ms)
    return len(session.timings)


def has_closed(session: Session, index: int) -> bool:
    """Whether nobody can answer question `index` any more. With self pacing that is the session's end."""
    if session.phase is Phase.FINISHED:
        return session.settings.pacing is Pacing.PLAYER or index < len(session.timings)
    if session.settings.pacing is Pacing.PLAYER:
        return False
    is_open = session.phase is Phase.QUESTION_OPEN and index == session.question
    return index < len(session.timings) and not is_open


def moment(at_ms: int) -> str:
    """Unix milliseconds as RFC 3339 in UTC."""
    return datetime.fromtimestamp(at_ms / 1_000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
