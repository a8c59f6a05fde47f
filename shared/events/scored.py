"""What an accepted answer gave, from its event and the published quiz alone: the score function's rule, and what
an audit of the log recomputes.
"""

from shared.domain.errors import MalformedEvent
from shared.domain.marking import credit_of, value_problem
from shared.domain.quiz import AnswerValue, Quiz
from shared.domain.ranking import Result
from shared.domain.scoring import ScoringRules, points_for
from shared.domain.shuffle import shown_question
from shared.domain.streak import place_of
from shared.events.payloads import AnswerAccepted


def scored_answer(quiz: Quiz, accepted: AnswerAccepted) -> Result:
    """What the answer gave. Raises MalformedEvent for a value that its question cannot take."""
    index = accepted.question
    question = shown_question(
        quiz.questions[index], index=index, seed=accepted.shuffle_seed, shuffled=accepted.shuffled
    )
    value = AnswerValue(choices=accepted.value.choices, text=accepted.value.text)
    problem = value_problem(question, value)
    if problem is not None:
        raise MalformedEvent(f"value of {accepted.answer_id!r}: {problem}")
    rules = _rules(accepted)
    credit = credit_of(question, value, partial=rules.partial_credit)
    return Result(
        player_id=accepted.player_id,
        nickname=accepted.nickname,
        joined_at_ms=accepted.joined_at_ms,
        question=index,
        correct=credit == 1,
        points=points_for(rules, question, credit=credit, elapsed_ms=accepted.elapsed_ms),
        elapsed_ms=accepted.elapsed_ms,
        answer_id=accepted.answer_id,
        received_at_ms=accepted.received_at_ms,
        team=accepted.team,
        starting_points=accepted.starting_points,
        streak_place=place_of(quiz.questions, index) if rules.streak_bonus else None,
    )


def _rules(accepted: AnswerAccepted) -> ScoringRules:
    return ScoringRules(
        policy=accepted.policy,
        penalty_percent=accepted.penalty_percent,
        partial_credit=accepted.partial_credit,
        streak_bonus=accepted.streak_bonus,
    )
