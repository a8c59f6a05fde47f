"""Who may join, and which answers count. Pure rules; a broken one raises Refusal."""

import re
import unicodedata
from collections.abc import Iterator
from typing import assert_never

from shared.domain.errors import Refusal, RefusalCode
from shared.domain.generated_names import generated_nicknames
from shared.domain.marking import value_problem
from shared.domain.quiz import AnswerValue, Question
from shared.domain.session import Phase, Session, Timing
from shared.domain.settings import NicknameRule, Settings

MAX_NICKNAME = 24

# Printable by Unicode's categories, yet nothing is seen of them: joiners, fillers, the blank Braille cell and
# variation selectors. With them two players could show the same name, or none.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def nickname_of(typed: str) -> str:
    """The nickname as shown: NFC, white space folded to single spaces, 1 to 24 characters, printable and seen."""
    nickname = unicodedata.normalize("NFC", " ".join(typed.split()))
    if not 1 <= len(nickname) <= MAX_NICKNAME or not nickname.isprintable() or not nickname_key(nickname):
        raise Refusal(
            RefusalCode.NICKNAME_INVALID,
            f"expected a nickname of 1 to {MAX_NICKNAME} printable characters, got {len(nickname)}",
        )
    return nickname


def nickname_key(nickname: str) -> str:
    """What two nicknames must not share in one session: NFKC, case folded, without spaces or invisible marks."""
    visible = _INVISIBLE.sub("", nickname)
    folded = unicodedata.normalize("NFKC", visible).casefold()
    return unicodedata.normalize("NFKC", folded).replace(" ", "")


def nickname_tries(typed: str, settings: Settings, *, player_id: str) -> Iterator[str]:
    """The nicknames to try for a player, in this order: the first free one is theirs.

    Raises Refusal NICKNAME_INVALID or NICKNAME_NOT_LISTED. Only generated names give more than one to try.
    """
    match settings.nicknames:
        case NicknameRule.GENERATED:
            yield from generated_nicknames(player_id)
        case NicknameRule.ROSTER:
            yield listed_nickname(typed, settings.roster)
        case NicknameRule.FREE | NicknameRule.FILTERED:
            yield nickname_of(typed)
        case _:
            assert_never(settings.nicknames)


def listed_nickname(typed: str, roster: tuple[str, ...]) -> str:
    """The roster's own spelling of the name."""
    key = nickname_key(nickname_of(typed))
    for name in roster:
        if nickname_key(name) == key:
            return name
    raise Refusal(RefusalCode.NICKNAME_NOT_LISTED, f"expected one of the {len(roster)} listed names, got another")


def check_joinable(session: Session, *, nickname: str, device: str) -> None:
    """Raise Refusal unless this person may join now. Whether a seat is free is decided when it is taken."""
    if session.phase is Phase.FINISHED:
        raise Refusal(RefusalCode.SESSION_NOT_JOINABLE, "this session is over")
    if session.phase is not Phase.LOBBY and not session.settings.late_join:
        raise Refusal(RefusalCode.SESSION_NOT_JOINABLE, "this session has started and takes no late players")
    if session.locked:
        raise Refusal(RefusalCode.SESSION_LOCKED, "the host has locked this session")
    if (device and device in session.banned) or nickname_key(nickname) in session.banned:
        raise Refusal(RefusalCode.PLAYER_REMOVED, "the host has removed you from this session")


def session_full(session: Session) -> Refusal:
    """Every seat is taken."""
    return Refusal(
        RefusalCode.SESSION_FULL, f"expected at most {session.settings.max_players} players, got one more"
    )


def check_in_session(session: Session, player_id: str) -> None:
    """Raise Refusal PLAYER_REMOVED for whom the host has put out."""
    if player_id in session.removed:
        raise Refusal(RefusalCode.PLAYER_REMOVED, "the host has removed you from this session")


def timing_of(session: Session, index: int) -> Timing | None:
    """When question `index` was open for everybody; None when it was not (yet)."""
    return session.timings[index] if 0 <= index < len(session.timings) else None


def check_answer(
    question: Question | None, timing: Timing | None, *, index: int, value: AnswerValue, received_at_ms: int
) -> int:
    """Milliseconds from the opening of question `index` to the answer, or raise Refusal.

    `question` as the session shows it; `timing` of this session, or of this player's own clock. Only
    `received_at_ms` (stamped by the gateway) and the timing decide, never the present phase: an answer that is
    processed late is judged as it would have been on time.
    """
    if question is None or timing is None:
        raise Refusal(RefusalCode.QUESTION_NOT_OPEN, f"question {index + 1} is not open yet")
    if received_at_ms < timing.opened_at_ms:
        raise Refusal(RefusalCode.QUESTION_NOT_OPEN, f"question {index + 1} was not open yet")
    if received_at_ms > timing.closes_at_ms:
        late_ms = received_at_ms - timing.closes_at_ms
        raise Refusal(RefusalCode.QUESTION_CLOSED, f"question {index + 1} closed {late_ms} ms earlier")
    problem = value_problem(question, value)
    if problem is not None:
        raise Refusal(RefusalCode.ANSWER_INVALID, problem)
    return received_at_ms - timing.opened_at_ms
