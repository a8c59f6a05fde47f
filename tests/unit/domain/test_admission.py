"""Who may join under which name, and which answers count."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.admission import (
    check_answer,
    check_in_session,
    check_joinable,
    nickname_key,
    nickname_of,
    nickname_tries,
    timing_of,
)
from shared.domain.errors import Refusal, RefusalCode
from shared.domain.quiz import AnswerValue
from shared.domain.session import Phase, Timing
from shared.domain.settings import NicknameRule, Settings
from tests.unit.domain.asking import question, session

RIGHT = AnswerValue(choices=(1,))


def refusal_of(error: pytest.ExceptionInfo[Refusal]) -> RefusalCode:
    return error.value.code


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Ada  Lovelace\t", "Ada Lovelace"),
        ("Zoe\u0301", "Zoé"),
        ("漢字", "漢字"),
        ("🦊", "🦊"),
        ("x" * 24, "x" * 24),
    ],
)
def test_nickname_is_shown_without_what_nobody_typed_on_purpose(typed: str, shown: str) -> None:
    """Outer and double white space go, composed characters come."""
    assert nickname_of(typed) == shown


@pytest.mark.parametrize("typed", ["", "   ", "x" * 25, "a\x00b", "a\u202eb", "\u3164", "\ufe0f", "\u2800 \u2800"])
def test_nickname_that_cannot_be_read_is_refused(typed: str) -> None:
    """Too long, unprintable, or nothing to be seen of it."""
    with pytest.raises(Refusal) as refused:
        nickname_of(typed)
    assert refusal_of(refused) is RefusalCode.NICKNAME_INVALID


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada", "ADA"), ("Ada B", "adab"), ("ﬁ", "fi"), ("Ａda", "Ada"), ("Straße", "STRASSE"), ("Bob", "Bob\ufe0f")],
)
def test_nickname_key_of_names_that_look_the_same_is_the_same(one: str, other: str) -> None:
    """Case, width, ligatures, spaces and invisible marks make no second name."""
    assert nickname_key(one) == nickname_key(other)


def test_nickname_key_of_different_names_differs() -> None:
    """Accents and digits do make a second name."""
    assert len({nickname_key(name) for name in ("Zoe", "Zoé", "Zoe2", "Zo")}) == 4


@given(st.text(max_size=30))
def test_nickname_of_any_text_is_shown_or_refused(typed: str) -> None:
    """A nickname taken is short, printable, visible, and stays what it is when it is taken again."""
    try:
        nickname = nickname_of(typed)
    except Refusal:
        return
    assert 1 <= len(nickname) <= 24
    assert nickname.isprintable()
    assert nickname_key(nickname)
    assert nickname_of(nickname) == nickname


@pytest.mark.parametrize(
    ("changes", "late_join", "code"),
    [
        ({"phase": Phase.LOBBY}, False, None),
        ({"phase": Phase.QUESTION_OPEN}, True, None),
        ({"phase": Phase.RUNNING}, True, None),
        ({"phase": Phase.QUESTION_OPEN}, False, RefusalCode.SESSION_NOT_JOINABLE),
        ({"phase": Phase.LEADERBOARD}, False, RefusalCode.SESSION_NOT_JOINABLE),
        ({"phase": Phase.FINISHED}, True, RefusalCode.SESSION_NOT_JOINABLE),
        ({"locked": True}, True, RefusalCode.SESSION_LOCKED),
        ({"banned": ("phone",)}, True, RefusalCode.PLAYER_REMOVED),
        ({"banned": ("adal",)}, True, RefusalCode.PLAYER_REMOVED),
        ({"removed": ("ada",)}, True, None),
    ],
)
def test_join_is_open_by_phase_setting_lock_and_ban(
    changes: dict[str, Any], late_join: bool, code: RefusalCode | None
) -> None:
    """The lobby is open to all but the banned; later only where late joining is set; a kick keeps nobody out."""
    asked = session(settings=Settings(late_join=late_join), **changes)
    if code is None:
        check_joinable(asked, nickname="Ada L", device="phone")
        return
    with pytest.raises(Refusal) as refused:
        check_joinable(asked, nickname="Ada L", device="phone")
    assert refusal_of(refused) is code


def test_nickname_from_the_roster_has_the_rosters_spelling() -> None:
    """However it is typed; a name that is not listed is refused."""
    listed = Settings(nicknames=NicknameRule.ROSTER, roster=("Ada Lovelace", "Grace"))
    assert list(nickname_tries("ada LOVELACE", listed, player_id="p")) == ["Ada Lovelace"]
    with pytest.raises(Refusal) as refused:
        list(nickname_tries("Hedy", listed, player_id="p"))
    assert refusal_of(refused) is RefusalCode.NICKNAME_NOT_LISTED


def test_generated_nicknames_are_many_fit_and_always_the_same_for_a_player() -> None:
    """A redelivered join tries the same names in the same order; each could have been typed."""
    generated = Settings(nicknames=NicknameRule.GENERATED)
    tries = list(nickname_tries("ignored", generated, player_id="player-1"))
    assert tries == list(nickname_tries("", generated, player_id="player-1"))
    assert tries != list(nickname_tries("", generated, player_id="player-2"))
    assert len(tries) == 32
    assert all(nickname_of(name) == name for name in tries)


def test_answer_of_a_removed_player_is_refused() -> None:
    """Whoever was put out is told so."""
    with pytest.raises(Refusal) as refused:
        check_in_session(session(removed=("ada",)), "ada")
    assert refusal_of(refused) is RefusalCode.PLAYER_REMOVED
    check_in_session(session(removed=("ada",)), "grace")


timings = (Timing(opened_at_ms=1_000, closes_at_ms=5_000), Timing(opened_at_ms=9_000, closes_at_ms=12_000))


@pytest.mark.parametrize(
    ("index", "received_at_ms", "outcome"),
    [
        (0, 1_000, 0),
        (0, 5_000, 4_000),
        (1, 10_500, 1_500),
        (0, 999, RefusalCode.QUESTION_NOT_OPEN),
        (0, 5_001, RefusalCode.QUESTION_CLOSED),
        (1, 5_000, RefusalCode.QUESTION_NOT_OPEN),
        (2, 10_000, RefusalCode.QUESTION_NOT_OPEN),
        (-1, 1_000, RefusalCode.QUESTION_NOT_OPEN),
    ],
)
@pytest.mark.parametrize("phase", list(Phase))
def test_answer_is_judged_by_its_reception_and_never_by_the_phase(
    index: int, received_at_ms: int, outcome: int | RefusalCode, phase: Phase
) -> None:
    """An answer processed late is judged as it would have been on time, whatever the session does by now."""
    asked = session(phase=phase, question=1, timings=timings)
    if isinstance(outcome, int):
        assert (
            check_answer(
                question(), timing_of(asked, index), index=index, value=RIGHT, received_at_ms=received_at_ms
            )
            == outcome
        )
        return
    with pytest.raises(Refusal) as refused:
        check_answer(question(), timing_of(asked, index), index=index, value=RIGHT, received_at_ms=received_at_ms)
    assert refusal_of(refused) is outcome


def test_answer_to_a_question_that_is_not_there_is_refused() -> None:
    """A question that the quiz does not have cannot be open."""
    with pytest.raises(Refusal) as refused:
        check_answer(None, timings[0], index=0, value=RIGHT, received_at_ms=1_000)
    assert refusal_of(refused) is RefusalCode.QUESTION_NOT_OPEN


def test_answer_of_the_wrong_shape_is_refused_with_the_reason() -> None:
    """In time, but not an answer that the question takes."""
    with pytest.raises(Refusal, match="expected one choice, got 2") as refused:
        check_answer(question(), timings[0], index=0, value=AnswerValue(choices=(0, 1)), received_at_ms=1_000)
    assert refusal_of(refused) is RefusalCode.ANSWER_INVALID


@given(st.integers(0, 20_000), st.integers(0, 1))
def test_answer_taken_has_a_time_within_its_question(received_at_ms: int, index: int) -> None:
    """The time that is scored is never negative and never beyond the question's own."""
    try:
        elapsed_ms = check_answer(
            question(), timings[index], index=index, value=RIGHT, received_at_ms=received_at_ms
        )
    except Refusal:
        return
    assert 0 <= elapsed_ms <= timings[index].closes_at_ms - timings[index].opened_at_ms
