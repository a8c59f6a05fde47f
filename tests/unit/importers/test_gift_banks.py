"""Every given GIFT bank against what the reference parser makes of it: first the grammar, then the questions."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shared.domain.quiz import Question, QuestionType
from shared.importers import gift_text, plain_text
from shared.importers.decoding import decoded
from shared.importers.gift_blocks import Block, Category, blocks
from shared.importers.gift_grammar import Choices, Essay, Numbers, Parsed, Rich, TrueFalse, parsed
from shared.importers.plain_text import PlainText
from shared.importers.registry import import_questions
from tests.unit.importers.taking import BANKS

GIFT = sorted((BANKS / "gift").glob("*.gift"), key=lambda path: path.name)
REDUCE: dict[str, Callable[[str], PlainText]] = {
    "html": plain_text.of_html,
    "markdown": plain_text.of_markdown,
    "moodle": plain_text.of_moodle,
    "plain": PlainText,
}
PLAYABLE = {"TF", "MC", "Short", "Numerical", "Matching"}


def expected_of(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    return found


def parts_of(path: Path) -> list[Block | Category]:
    text = decoded(path.read_bytes())
    assert isinstance(text, str)
    return list(blocks(text))


@pytest.mark.parametrize("path", GIFT, ids=lambda path: path.stem)
def test_grammar_given_bank_matches_reference(path: Path) -> None:
    """Items, titles, ids, tags, formats, texts, weights and marks are those of the reference parser."""
    parts, expected = parts_of(path), expected_of(path)
    assert len(parts) == len(expected)
    for part, wanted in zip(parts, expected, strict=True):
        if isinstance(part, Category):
            assert (wanted["type"], wanted["title"]) == ("Category", part.name)
            continue
        assert part.id == wanted["id"]
        assert list(part.tags) == (wanted["tags"] or [])
        check_item(parsed(part.text), wanted)


def check_item(item: Parsed, wanted: dict[str, Any]) -> None:
    assert (gift_text.unescaped(item.title) if item.title is not None else None) == wanted["title"]
    assert (item.tail is not None) == wanted["hasEmbeddedAnswers"]
    default = wanted["stem"]["format"]
    texts = [gift_text.source(rich, default=default)[1] for rich in (item.stem, item.tail) if rich]
    assert " _____ ".join(texts) == wanted["stem"]["text"]
    match item.answers:
        case None:
            assert wanted["type"] == "Description"
        case Essay():
            assert wanted["type"] == "Essay"
        case TrueFalse(is_true=is_true):
            assert (wanted["type"], wanted["isTrue"]) == ("TF", is_true)
        case Numbers():
            assert wanted["type"] == "Numerical"
        case Choices():
            check_choices(item.answers, wanted, default=default)


def check_choices(answers: Choices, wanted: dict[str, Any], *, default: str) -> None:
    if wanted["type"] == "Matching":
        pairs = [f"{pair['subquestion']['text']} -> {pair['subanswer']}" for pair in wanted["matchPairs"]]
        assert [source_of(choice.text, default)[1].strip() for choice in answers.choices] == [
            p.strip() for p in pairs
        ]
        return
    assert wanted["type"] in {"MC", "Short"}
    assert [source_of(choice.text, default) for choice in answers.choices] == [
        (choice["text"]["format"], choice["text"]["text"]) for choice in wanted["choices"]
    ]
    assert [choice.mark == "=" for choice in answers.choices] == [c["isCorrect"] for c in wanted["choices"]]
    assert [float(choice.weight) if choice.weight else None for choice in answers.choices] == [
        choice["weight"] for choice in wanted["choices"]
    ]


def source_of(rich: Rich, default: str) -> tuple[str, str]:
    return gift_text.source(rich, default=default)


@pytest.mark.parametrize("path", GIFT, ids=lambda path: path.stem)
def test_import_given_bank_takes_all_that_can_be_played(path: Path) -> None:
    """Types, prompts, choices and right answers agree with the reference; all other items are named."""
    expected = [wanted for wanted in expected_of(path) if wanted["type"] != "Category"]
    playable = [wanted for wanted in expected if wanted["type"] in PLAYABLE]
    found = import_questions(path.read_bytes(), name=path.name)
    assert len(found.questions) == len(playable)
    assert sum(not problem.taken for problem in found.problems) == len(expected) - len(playable)
    for question, wanted in zip(found.questions, playable, strict=True):
        assert question.prompt == reduced(wanted["stem"])
        check_answers(question, wanted)


def reduced(text: dict[str, str]) -> str:
    return REDUCE[text["format"]](text["text"]).text


def check_answers(question: Question, wanted: dict[str, Any]) -> None:
    match wanted["type"]:
        case "TF":
            assert question.type is QuestionType.TRUE_FALSE
            assert question.choices == ("True", "False")
            assert question.correct == (0 if wanted["isTrue"] else 1,)
        case "Short":
            assert question.type is QuestionType.TEXT
            full = [c for c in wanted["choices"] if c["weight"] in {None, 100}]
            assert question.accepted == tuple(reduced(choice["text"]) for choice in full)
        case "Matching":
            pairs = [(reduced(pair["subquestion"]), pair["subanswer"]) for pair in wanted["matchPairs"]]
            assert question.type is QuestionType.MATCH
            assert question.targets == tuple(right for _, right in pairs)
            asked = tuple(question.targets[index] for index in question.correct)
            assert list(zip(question.choices, asked, strict=True)) == [pair for pair in pairs if pair[0]]
        case "Numerical":
            assert question.type is QuestionType.NUMBER
            assert span_of(question) == wanted_span(wanted["choices"])
        case _:
            choices = wanted["choices"]
            right = tuple(i for i, c in enumerate(choices) if c["isCorrect"] or (c["weight"] or 0) > 0)
            single = any(choice["isCorrect"] for choice in choices)
            assert question.type is (QuestionType.SINGLE if single else QuestionType.MULTIPLE)
            assert question.choices == tuple(reduced(choice["text"]) for choice in choices)
            assert question.correct == right


def span_of(question: Question) -> tuple[Decimal, Decimal]:
    value, tolerance = Decimal(question.accepted[0]), Decimal(question.tolerance)
    return value - tolerance, value + tolerance


def wanted_span(choices: Any) -> tuple[Decimal, Decimal]:
    """From the lowest to the highest number with full marks."""
    if isinstance(choices, list):
        (choices,) = [choice["text"] for choice in choices if choice["weight"] in {None, 100}]
    if choices["type"] == "high-low":
        return Decimal(str(choices["numberLow"])), Decimal(str(choices["numberHigh"]))
    value, tolerance = Decimal(str(choices["number"])), Decimal(str(choices.get("range", 0)))
    return value - tolerance, value + tolerance
