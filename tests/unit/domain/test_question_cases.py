"""The cases that the editor's rules (gateway/web/src/editor/rules.ts) and the domain's must judge alike."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from shared.domain.quiz import Question, question_problems

CASES = Path(__file__).parents[3] / "gateway" / "web" / "tests" / "question_cases.json"


@pytest.mark.parametrize("case", json.loads(CASES.read_text()), ids=lambda case: json.dumps(case["question"]))
def test_question_of_the_shared_cases_is_judged_as_the_editor_judges_it(case: dict[str, Any]) -> None:
    """What the editor lets through the server takes, and what it holds back the server refuses."""
    question = msgspec.convert(case["question"], Question)
    assert (not list(question_problems(question))) == case["fits"]
