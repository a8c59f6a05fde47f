"""Reasons: the English sentence, and what another language says it by."""

import re

from shared.domain import reasons
from shared.domain.errors import RefusalCode
from shared.domain.reasons import Kind, LocatedReason, Unfit
from shared.importers import reasons as importing


def test_reason_is_its_sentence_and_knows_its_code_and_values() -> None:
    """Whoever wants English reads it as any text; where it was found changes the sentence alone."""
    reason = reasons.PROMPT_LONG(most=500, got=501)
    assert reason == "expected a prompt of at most 500 characters, got 501"
    assert (reason.code, dict(reason.values)) == ("prompt_long", {"most": 500, "got": 501})
    placed = reason.at("at $.questions[3]")
    assert placed == f"{reason} at $.questions[3]"
    assert (placed.code, placed.values) == (reason.code, reason.values)


def test_value_that_looks_like_a_place_stays_as_it_is() -> None:
    """People type braces."""
    assert reasons.TOLERANCE(got="'{most}'") == "expected a tolerance of 0 or more, got '{most}'"


def test_every_kind_has_a_code_of_its_own() -> None:
    """Of the domain and of the importers together: the client has one catalogue."""
    kinds: tuple[Kind, ...] = (*reasons.KINDS, *importing.KINDS)
    codes = [kind.code for kind in kinds]
    assert len(set(codes)) == len(codes) > 80
    assert all(re.fullmatch("[a-z0-9_]+", code) for code in codes)


def test_unfit_tells_the_first_reasons_and_how_many_more() -> None:
    """A refusal is bounded, however much is wrong."""
    found = [LocatedReason(question=index, reason=reasons.PROMPT_EMPTY()) for index in range(5)]
    refusal = Unfit(RefusalCode.QUIZ_INVALID, found, shown=1)
    assert refusal.message == "question 1: expected a prompt, got an empty one; and 4 more"
    assert refusal.reasons == (found[0],)
