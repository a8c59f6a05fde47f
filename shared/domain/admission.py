"""Who may join, and which answers count. Pure rules; a broken one raises Refusal."""

import re
import unicodedata

from shared.domain.errors import Refusal, RefusalCode
from shared.domain.marking import value_problem
from shared.domain.quiz import AnswerValue, Question
from shared.domain.session import Phase, Session

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


def check_joinable(session: Session, *, players: int) -> None:
    """Raise Refusal unless one more player may join now, when there are `players`."""
    if session.phase is Phase.FINISHED:
        raise Refusal(RefusalCode.SESSION_NOT_JOINABLE, "this session is over")
    if session.phase is not Phase.LOBBY and not session.settings.late_join:
        raise Refusal(RefusalCode.SESSION_NOT_JOINABLE, "this session has started and takes no late players")
    if players >= session.settings.max_players:
        raise Refusal(
            RefusalCode.SESSION_FULL,
            f"expected at most {session.settings.max_players} players, got one more",
        )


def check_answer(
    session: Session, question: Question | None, *, index: int, value: AnswerValue, received_at_ms: int
) -> int:
    """Milliseconds from the opening of question `index` to the answer, or raise Refusal.

    Only `received_at_ms` (stamped by the gateway) and the question's own timing decide, never the present phase:
    an answer that is processed late is judged as it would have been on time.
    """
    if question is None or not 0 <= index < len(session.timings):
        raise Refusal(RefusalCode.QUESTION_NOT_OPEN, f"question {index + 1} is not open yet")
    timing = session.timings[index]
    if received_at_ms < timing.opened_at_ms:
        raise Refusal(RefusalCode.QUESTION_NOT_OPEN, f"question {index + 1} was not open yet")
    if received_at_ms > timing.closes_at_ms:
        late_ms = received_at_ms - timing.closes_at_ms
        raise Refusal(RefusalCode.QUESTION_CLOSED, f"question {index + 1} closed {late_ms} ms earlier")
    problem = value_problem(question, value)
    if problem is not None:
        raise Refusal(RefusalCode.ANSWER_INVALID, problem)
    return received_at_ms - timing.opened_at_ms
