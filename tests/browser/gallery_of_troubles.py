"""What stands on the screens when something is not as it should be: as messages and replies that lead to it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from shared.domain import reasons as of_quizzes
from shared.domain.reasons import Reason
from shared.importers import reasons as of_files
from tests.browser.gallery import (
    DRAFT,
    PLANETS,
    PLAYER,
    PROMPT,
    Message,
    Screen,
    as_author,
    as_host,
    as_player,
    on_the_wall,
)
from tests.browser.scripted_pages import open_question
from tests.unit.client.scripted_gateway import session_changed

FILE_FIELD = "input[type=file]"
LONG_PROMPT = (
    "Welches dieser Übereinkommen wurde – nach dem Jahr der letzten Unterschrift gezählt, nicht nach dem Beginn "
    "der Verhandlungen – zuletzt geschlossen?"
)


def row(number: int, column: int | None, reason: Reason, *, title: str | None = None) -> Message:
    return {
        "row": number,
        "column": column,
        "title": title,
        "message": str(reason),
        "code": reason.code,
        "values": dict(reason.values),
    }


REFUSED_ROWS = (
    row(1, 9, of_files.COLUMN_UNKNOWN(got="Erklärung für den Unterricht")),
    row(2, 6, of_files.CELL_CORRECT_AMONG(among="1 to 4", got="7"), title="Which is smaller?"),
    row(
        3,
        1,
        of_files.CELL_TYPE(known="single, multiple, true_false, text, number, order, match, poll", got="essai"),
    ),
    row(14, 2, of_quizzes.PROMPT_LONG(most=500, got=612), title=LONG_PROMPT),
    row(27, None, of_quizzes.CHOICE_COUNT(least=2, most=10, type="single", got=1), title="ما عاصمة اليمن؟"),
    row(128, 4, of_files.CELL_NUMBER(got="ungefähr hundert"), title="How many keys does a full-size piano have?"),
)
WARNINGS = (
    row(4, None, of_files.GIFT_PICTURE(got="@@PLUGINFILE@@/mond.png"), title="Which moon is this?"),
    row(19, None, of_files.GIFT_PART_MARKS(weight=50), title=LONG_PROMPT),
)


def importing(name: str, *, file: str, status: int, reply: Message) -> Screen:
    library = as_author(name, "")
    replies = {**library.replies, "POST /api/quizzes/import": (status, reply)}
    return replace(library, replies=replies, chosen={FILE_FIELD: file}, stands=".by-row")


def refused(code: str, **more: Any) -> Message:
    return {"error": {"code": code, "message": ""}, **more}


def writing(name: str, status: int, reply: Message, *, stands: str, later_s: int = 0) -> Screen:
    """Something was typed at the desk, and its saving had this reply."""
    desk = as_author(name, "#edit/d-1111111111111111")
    draft = f"/api/drafts/{DRAFT['draft_id']}"
    theirs = DRAFT | {"title": "The sky at night", "revision": 7}
    replies = {**desk.replies, f"PUT {draft}": (status, reply)}
    if status == 409:
        replies[f"GET {draft}"] = (200, theirs)
    return replace(desk, replies=replies, written={"#quiz-title": "The sky above"}, stands=stands, later_s=later_s)


def joining(name: str, replies: dict[str, tuple[int, Any]], *, stands: str = ".problem") -> Screen:
    return Screen(
        name=f"player-{name}",
        path="?code=ABCDEF",
        replies=replies,
        written={"#nickname": "Grace\n"},
        stands=stands,
    )


def cut_off(screens: Sequence[Screen]) -> tuple[Screen, ...]:
    return tuple(replace(screen, is_cut=True, stands=".notice") for screen in screens)


JOIN = "POST /api/sessions/ABCDEF/players"
OUTCOME = "/api/sessions/s1/joins/r1"
PENDING = (202, {"request_id": "r1", "location": OUTCOME})
PUT_OUT: Message = {"type": "error", "code": "player_removed", "message": ""}
QUESTION = open_question("single", PLANETS, **PROMPT)
TROUBLES = (
    Screen(
        name="player-code-unknown",
        path="?code=ABCDEF",
        replies={"GET /api/sessions/ABCDEF": (404, refused("session_unknown"))},
        stands=".problem",
    ),
    joining("nickname-taken", {JOIN: (409, refused("nickname_taken"))}),
    joining("waking", {JOIN: PENDING, f"GET {OUTCOME}": PENDING}, stands=".join [role=status]:not(:empty)"),
    replace(as_player("put-out", session_changed(), PUT_OUT), stands=".problem"),
    Screen(name="player-connecting", path="", stored={"player": PLAYER}, is_cut=True),
    *cut_off(
        (
            as_player("reconnecting", QUESTION),
            as_player("lobby-reconnecting", session_changed()),
            as_host("reconnecting", QUESTION),
            on_the_wall("reconnecting", QUESTION),
        )
    ),
    Screen(name="screen-connecting", path="screen?code=ABCDEF", is_cut=True),
    importing(
        "import-refused",
        file="Fragen-Sammlung der 9b (Endfassung, korrigiert).csv",
        status=422,
        reply=refused("quiz_invalid", problems=REFUSED_ROWS),
    ),
    importing(
        "import-warned",
        file="moons.gift",
        status=201,
        reply={"quiz_id": "q7", "version": 1, "title": "Moons", "question_count": 12, "warnings": WARNINGS},
    ),
    writing("editor-conflict", 409, refused("draft_stale"), stands=".problem"),
    writing("editor-away", 503, refused("unavailable"), stands=".save-line.is-away", later_s=60),
    writing("editor-failed", 404, refused("draft_unknown"), stands=".problem"),
)
