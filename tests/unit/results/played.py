"""A session as it was played, for the tests of its results: answers as the pipeline stores and scores them."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from shared.domain.marking import credit_of
from shared.domain.player import Answer, Player
from shared.domain.quiz import AnswerValue, Quiz
from shared.domain.ranking import Result
from shared.domain.scoring import points_for
from shared.domain.session import Phase, Session, Timing
from shared.domain.settings import Settings
from shared.domain.shuffle import shown_question
from shared.domain.streak import place_of
from shared.results.authored import counting_answers
from shared.results.files import FILES
from shared.results.report import Report, asked_questions
from shared.results.statistics import QuestionStatistics, question_statistics
from shared.results.totals import Totals
from tests.unit.domain.asking import question

SESSION = "session-1"


@dataclass(slots=True)
class Played:
    """Answers as the pipeline would have stored and scored them."""

    quiz: Quiz
    session: Session
    players: list[Player] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)

    def join(self, nickname: str, **changes: Any) -> Player:
        number = len(self.players)
        player = Player(
            id=f"p{number}",
            session_id=SESSION,
            nickname=nickname,
            joined_at_ms=number,
            request_id="",
            seat=number,
            **changes,
        )
        self.players.append(player)
        return player

    def answer(self, player: Player, index: int, value: AnswerValue, *, elapsed_ms: int = 1_000) -> Fraction:
        """`value` refers to the shown question. Returns the credit."""
        number = len(self.answers)
        answer = Answer(
            id=f"a{number}",
            session_id=SESSION,
            player_id=player.id,
            question=index,
            value=value,
            received_at_ms=1_700_000_000_000 + number,
            elapsed_ms=elapsed_ms,
        )
        self.answers.append(answer)
        shown = self.shown(index)
        credit = credit_of(shown, value, partial=self.session.rules.partial_credit)
        self.results.append(self._result(player, answer, credit))
        return credit

    def shown(self, index: int) -> Any:
        settings = self.session.settings
        return shown_question(
            self.quiz.questions[index], index=index, seed=self.session.seed, shuffled=settings.shuffle_choices
        )

    def _result(self, player: Player, answer: Answer, credit: Fraction) -> Result:
        asked, rules = self.quiz.questions[answer.question], self.session.rules
        return Result(
            player_id=player.id,
            nickname=player.nickname,
            joined_at_ms=player.joined_at_ms,
            question=answer.question,
            correct=credit == 1,
            points=points_for(rules, asked, credit=credit, elapsed_ms=answer.elapsed_ms),
            elapsed_ms=answer.elapsed_ms,
            answer_id=answer.id,
            received_at_ms=answer.received_at_ms,
            team=player.team,
            streak_place=place_of(self.quiz.questions, answer.question) if rules.streak_bonus else None,
        )

    def report(self) -> Report:
        totals = Totals()
        for index in range(len(self.quiz.questions)):
            totals.add(result for result in self.results if result.question == index)
        return Report(session=self.session, quiz=self.quiz, players=self.players, totals=totals)

    def of(self, index: int) -> list[Answer]:
        return counting_answers(answer for answer in self.answers if answer.question == index)

    def statistics(self) -> list[QuestionStatistics]:
        report = self.report()
        return [
            question_statistics(asked, report.still_in(self.of(asked.index)), players=report.in_play)
            for asked in asked_questions(self.session, self.quiz)
        ]

    def file(self, format: str) -> bytes:
        report, file = self.report(), FILES[format]()
        pieces = [file.begin(report.heading)]
        pieces += [
            file.answers(report.answers(asked, self.of(asked.index), self.results_of(asked.index)))
            for asked in asked_questions(self.session, self.quiz)
        ]
        return b"".join([*pieces, file.end(report.players(), self.statistics())])

    def results_of(self, index: int) -> list[Result]:
        return [result for result in self.results if result.question == index]


def played(*questions: Any, settings: Settings | None = None, **changes: Any) -> Played:
    """A finished session of these questions, without players yet."""
    asked = questions or (question(),)
    quiz = Quiz(id="quiz-1", version=1, title="The sky", questions=asked)
    timings = tuple(Timing(opened_at_ms=1, closes_at_ms=20_001) for _ in asked)
    fixed: dict[str, Any] = {
        "id": SESSION,
        "code": "ABC234",
        "quiz_id": "quiz-1",
        "quiz_version": 1,
        "time_limits_ms": tuple(one.time_limit_ms for one in asked),
        "created_at_ms": 1_700_000_000_000,
        "phase": Phase.FINISHED,
        "question": len(asked) - 1,
        "timings": timings,
        "seed": "a seed",
    }
    return Played(quiz=quiz, session=Session(**fixed | {"settings": settings or Settings()} | changes))
