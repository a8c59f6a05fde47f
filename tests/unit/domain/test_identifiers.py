"""Ids that derive from one another, and the code that people type."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.identifiers import (
    CODE_ALPHABET,
    CODE_LENGTH,
    answer_key,
    derived_id,
    folded_code,
    partition_key,
    player_id,
    session_code,
)


def test_derived_id_is_the_same_for_ever() -> None:
    """A redelivery next year, on another machine, must give this id again: it is written down here."""
    assert derived_id("cause", "step") == "cf8ca4fd-b19d-5503-bccb-c208d1476b7f"


@given(st.text(), st.text())
def test_derived_id_is_a_uuid5(cause: str, step: str) -> None:
    """Derived, not random: version 5."""
    assert uuid.UUID(derived_id(cause, step)).version == 5
    assert derived_id(cause, step) == derived_id(cause, step)


def test_derived_id_of_another_cause_or_step_differs() -> None:
    """What one event makes in two steps, or two events in one, never meets."""
    assert len({derived_id("a", "x"), derived_id("a", "y"), derived_id("b", "x"), player_id("a", "x")}) == 4


def test_player_id_belongs_to_session_and_request() -> None:
    """A request sent twice makes one player; the same request in another session another."""
    assert player_id("s", "r") == player_id("s", "r")
    assert len({player_id("s", "r"), player_id("s", "q"), player_id("t", "r")}) == 3


def test_keys_name_their_parts() -> None:
    """One answer per session, question and player; one partition key per session and player."""
    assert answer_key("s", 3, "p") == "s/3/p"
    assert partition_key("s", "p") == "s/p"


@given(st.binary(min_size=CODE_LENGTH, max_size=20))
def test_session_code_is_made_of_what_can_be_read_aloud(entropy: bytes) -> None:
    """Six characters, none of which is taken for another; the same entropy gives the same code."""
    code = session_code(entropy)
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(CODE_ALPHABET)
    assert not set(CODE_ALPHABET) & set("ILOU01")
    assert session_code(entropy) == code


def test_session_code_of_too_little_entropy_raises() -> None:
    """A code that could be guessed is never made."""
    with pytest.raises(ValueError, match="expected at least 6 bytes of entropy, got 5"):
        session_code(b"12345")


@given(st.binary(min_size=CODE_LENGTH))
def test_folded_code_finds_the_code_however_it_is_typed(entropy: bytes) -> None:
    """Case, spaces and hyphens do not count."""
    code = session_code(entropy)
    assert folded_code(code) == code
    assert folded_code(f" {code[:3].lower()} - {code[3:]}\n") == code
