"""What MongoDB keeps, in dictionaries: inserts under deterministic keys, and guarded replacements."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from shared.adapters.memory.faults import Faults, Part, port_call
from shared.domain.admission import nickname_key
from shared.domain.identifiers import answer_key
from shared.domain.library import QuizSummary, summary_of
from shared.domain.player import Answer, Player
from shared.domain.quiz import Quiz
from shared.domain.ranking import Leaderboard, Result
from shared.domain.self_pacing import Opening
from shared.ports.players import Taken


class MemoryQuizzes:
    """Published quizzes by id and version."""

    part: ClassVar[Part] = Part.MONGODB

    def __init__(self, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self._quizzes: dict[tuple[str, int], Quiz] = {}

    @port_call
    async def add(self, quiz: Quiz) -> bool:
        return self._quizzes.setdefault((quiz.id, quiz.version), quiz) is quiz

    @port_call
    async def get(self, quiz_id: str, version: int) -> Quiz | None:
        return self._quizzes.get((quiz_id, version))

    @port_call
    async def get_latest(self, quiz_id: str) -> Quiz | None:
        versions = [quiz for quiz in self._quizzes.values() if quiz.id == quiz_id]
        return max(versions, key=lambda quiz: quiz.version, default=None)

    @port_call
    async def versions(self, quiz_id: str) -> Sequence[QuizSummary]:
        versions = [summary_of(quiz) for quiz in self._quizzes.values() if quiz.id == quiz_id]
        return sorted(versions, key=lambda summary: summary.version, reverse=True)


class MemoryPlayers:
    """Players by session and id; a nickname once per session."""

    part: ClassVar[Part] = Part.MONGODB

    def __init__(self, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self._players: dict[tuple[str, str], Player] = {}
        self._nicknames: dict[tuple[str, str], str] = {}

    @port_call
    async def add(self, player: Player, *, seats: int) -> Player | Taken:
        earlier = self._players.get((player.session_id, player.id))
        if earlier is not None:
            return earlier
        nickname = (player.session_id, nickname_key(player.nickname))
        if nickname in self._nicknames:
            return Taken.NICKNAME
        seat = sum(session_id == player.session_id for session_id, _ in self._players)
        if seat >= seats:
            return Taken.SEATS
        self._nicknames[nickname] = player.id
        self._players[player.session_id, player.id] = replace(player, seat=seat)
        return self._players[player.session_id, player.id]

    @port_call
    async def get(self, session_id: str, player_id: str) -> Player | None:
        return self._players.get((session_id, player_id))

    @port_call
    async def count(self, session_id: str) -> int:
        return sum(player.session_id == session_id for player in self._players.values())

    @port_call
    async def all(self, session_id: str) -> Sequence[Player]:
        players = [player for player in self._players.values() if player.session_id == session_id]
        return sorted(players, key=lambda player: (player.joined_at_ms, player.id))

    @port_call
    async def seated(self, session_id: str, *, after_seat: int, limit: int) -> Sequence[Player]:
        players = [player for player in self._players.values() if player.session_id == session_id]
        above = [player for player in players if player.seat > after_seat]
        return sorted(above, key=lambda player: player.seat)[:limit]


class MemoryAnswers:
    """Accepted answers; the first one under a key stays."""

    part: ClassVar[Part] = Part.MONGODB

    def __init__(self, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self._answers: dict[str, Answer] = {}

    @port_call
    async def add(self, answer: Answer, *, changeable: bool = False) -> Answer:
        one_of_many = answer.id if changeable else ""
        key = answer_key(answer.session_id, answer.question, answer.player_id, answer_id=one_of_many)
        return self._answers.setdefault(key, answer)

    @port_call
    async def given(self, session_id: str, question: int, player_id: str) -> Sequence[Answer]:
        place = (session_id, question, player_id)
        found = [
            answer
            for answer in self._answers.values()
            if (answer.session_id, answer.question, answer.player_id) == place
        ]
        return sorted(found, key=lambda answer: (answer.received_at_ms, answer.id))

    @port_call
    async def all(self, session_id: str) -> Sequence[Answer]:
        return [answer for answer in self._answers.values() if answer.session_id == session_id]

    @port_call
    async def of_question(self, session_id: str, question: int) -> Sequence[Answer]:
        place = (session_id, question)
        return [answer for answer in self._answers.values() if (answer.session_id, answer.question) == place]


class MemoryScores:
    """Scored answers by session; the first one under a key stays."""

    part: ClassVar[Part] = Part.MONGODB

    def __init__(self, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self._results: dict[str, dict[str, Result]] = {}

    @port_call
    async def add(self, session_id: str, result: Result, *, changeable: bool = False) -> Result:
        one_of_many = result.answer_id if changeable else ""
        key = answer_key(session_id, result.question, result.player_id, answer_id=one_of_many)
        return self._results.setdefault(session_id, {}).setdefault(key, result)

    @port_call
    async def all(self, session_id: str) -> Sequence[Result]:
        return list(self._results.get(session_id, {}).values())

    @port_call
    async def of_question(self, session_id: str, question: int) -> Sequence[Result]:
        return [result for result in self._results.get(session_id, {}).values() if result.question == question]

    @port_call
    async def count(self, session_id: str, *, since: int = 0, before: int | None = None) -> int:
        results = self._results.get(session_id, {}).values()
        return sum(since <= result.question and (before is None or result.question < before) for result in results)


class MemoryOpenings:
    """When questions opened for players; the first opening stays."""

    part: ClassVar[Part] = Part.MONGODB

    def __init__(self, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self._openings: dict[tuple[str, str], dict[int, Opening]] = {}

    @port_call
    async def add(self, opening: Opening) -> Opening:
        own = self._openings.setdefault((opening.session_id, opening.player_id), {})
        return own.setdefault(opening.question, opening)

    @port_call
    async def get(self, session_id: str, question: int, player_id: str) -> Opening | None:
        return self._openings.get((session_id, player_id), {}).get(question)

    @port_call
    async def count(self, session_id: str, player_id: str) -> int:
        return len(self._openings.get((session_id, player_id), {}))


class MemorySnapshots:
    """The newest board of each session."""

    part: ClassVar[Part] = Part.MONGODB

    def __init__(self, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self._boards: dict[str, Leaderboard] = {}

    @port_call
    async def put(self, session_id: str, board: Leaderboard) -> None:
        stored = self._boards.get(session_id)
        if stored is None or stored.edition < board.edition:
            self._boards[session_id] = board

    @port_call
    async def get(self, session_id: str) -> Leaderboard | None:
        return self._boards.get(session_id)
