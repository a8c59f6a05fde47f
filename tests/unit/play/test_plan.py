"""How long bots think: a play is as long as its answers need, and none of them comes too late on purpose."""

import pytest

from knative.local.play.run import Plan
from shared.domain.quiz import Question, QuestionType


def _plan(*, players: int, questions: int = 5, time_limit_ms: int = 20_000) -> Plan:
    question = Question(
        type=QuestionType.SINGLE, prompt="?", choices=("a", "b"), correct=(0,), time_limit_ms=time_limit_ms
    )
    return Plan(title="A quiz", questions=(question,) * questions, players=players, seed=1)


@pytest.mark.parametrize(
    ("plan", "expected_s"),
    [
        pytest.param(_plan(players=50), 1.5, id="few"),
        pytest.param(_plan(players=1_000), 5.0, id="many: 200 answers a second"),
        pytest.param(_plan(players=5_000), 10.0, id="a hall: half of the question's time"),
        pytest.param(_plan(players=1_000, time_limit_ms=5_000), 2.5, id="a short question"),
        pytest.param(_plan(players=50, questions=400), 0.25, id="a long bank: the rate decides"),
    ],
)
def test_bots_think_as_long_as_their_number_and_the_questions_allow(plan: Plan, expected_s: float) -> None:
    """The longest thought of a bot."""
    assert plan.think_s == expected_s
