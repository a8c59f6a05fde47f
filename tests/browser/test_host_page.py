"""The host's page against a gateway that does what each test says, and the quiz that the page offers."""

import json
from collections.abc import AsyncIterator

import msgspec
import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, expect

from gateway.api.errors import ErrorDetail
from gateway.api.problems import quiz_problem
from shared.domain import reasons
from shared.domain.quiz import Question, QuestionType, quiz_problems
from shared.domain.reasons import LocatedReason
from tests.browser.built_client import WEB
from tests.browser.gallery import PEOPLE, STATISTICS
from tests.browser.scripted_pages import ScriptedPages, open_question
from tests.browser.watched_page import WatchedPage
from tests.unit.client.scripted_gateway import ScriptedConnection, session_changed, snapshot

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADMITTED = {"host_id": "h1", "token": "author-token", "expires_at_ms": 1}
OPENED = {"session_id": "s1", "code": "ABCDEF", "host_token": "h-token", "version": 1}


LISTED = {
    "quiz_id": "q1",
    "version": 3,
    "title": "Stars",
    "question_count": 1,
    "published_at_ms": 1_767_612_600_000,
    "image_url": "",
}


@pytest_asyncio.fixture(loop_scope="session")
async def setup_page(wall: BrowserContext, scripted: ScriptedPages) -> AsyncIterator[WatchedPage]:
    """The library of a host who has one quiz."""
    scripted.standing |= {
        "POST /api/hosts": (201, ADMITTED),
        "GET /api/quizzes": (200, {"quizzes": [LISTED], "next": None}),
        "GET /api/drafts": (200, {"drafts": [], "next": None}),
        "GET /api/sessions": (200, {"sessions": [], "next": None}),
        "GET /api/quizzes/q1/versions": (200, {"versions": [LISTED]}),
    }
    watched = WatchedPage(await wall.new_page(), name="host")
    await watched.page.goto(f"{scripted.url}host")
    yield watched
    await watched.page.close()  # before the gateway, which waits for the last connection to end
    assert watched.foreign_requests == []


async def opened(setup_page: WatchedPage, scripted: ScriptedPages) -> ScriptedConnection:
    """The connection of a host who has opened a session."""
    scripted.standing["POST /api/sessions"] = (201, OPENED)
    await setup_page.page.get_by_role("link", name="Start Stars").click()
    await setup_page.page.get_by_role("button", name="Open the session").click()
    connection = await scripted.connection()
    assert (await connection.hello()).token == "h-token"
    await connection.send(snapshot(1))
    await expect(setup_page.main.locator(".code")).to_have_text("ABCDEF")
    return connection


async def test_host_whose_settings_are_not_fit_reads_why_in_their_language(
    setup_page: WatchedPage, scripted: ScriptedPages
) -> None:
    """The server speaks English, beside codes that the page translates."""
    page = setup_page.page
    found = [reasons.TEAM_COUNT(most=20, got=1), reasons.PENALTY_RANGE(least=0, most=100, got=1_200)]
    told = tuple(quiz_problem(LocatedReason(question=None, reason=reason)) for reason in found)
    error = ErrorDetail(code="settings_invalid", message="; ".join(found), reasons=told)
    scripted.standing["POST /api/sessions"] = (422, {"error": error})
    await page.get_by_role("link", name="Start Stars").click()
    await page.get_by_role("button", name="Open the session").click()
    await expect(page.get_by_role("alert")).to_have_text("\n".join(found))
    await page.evaluate("localStorage.setItem('quizline.language', 'de')")
    await page.reload()
    await page.get_by_role("button", name="Sitzung öffnen").click()
    expected = (
        "Kein Team oder 2 bis 20; hier sind es 1.\nDer Abzug reicht von 0 bis 100 Prozent; hier sind es 1.200."
    )
    await expect(page.get_by_role("alert")).to_have_text(expected)


async def test_host_opens_a_session_with_the_chosen_settings_which_are_remembered(
    setup_page: WatchedPage, scripted: ScriptedPages
) -> None:
    """What was folded away counts too; the next session starts from the same choice."""
    page = setup_page.page
    await page.get_by_role("link", name="Start Stars").click()
    await page.get_by_label("Points", exact=True).select_option("The same for every right answer")
    await page.get_by_label("People may join after the start").uncheck()
    await page.get_by_label("Nicknames").select_option("From my list")
    await page.get_by_label("The list of names").fill("Ada\n Grace \n\nEmmy")
    await page.get_by_text("Teams", exact=True).click()
    await page.get_by_label("Names of the teams").fill("Red\nBlue")
    scripted.standing["POST /api/sessions"] = (201, OPENED)
    await page.get_by_role("button", name="Open the session").click()
    await (await scripted.connection()).send(snapshot(1))
    body = next(body for _, path, body, _ in reversed(scripted.requests) if path == "/api/sessions" and body)
    settings = body["settings"]
    assert body["quiz_id"] == "q1"
    assert settings["policy"] == "flat.v1"
    assert settings["late_join"] is False
    assert settings["lead_ms"] == 3_000
    assert settings["roster"] == ["Ada", "Grace", "Emmy"]
    assert settings["teams"] == ["Red", "Blue"]
    await page.evaluate("sessionStorage.clear()")
    await page.goto(f"{scripted.url}host#open/q1")
    await page.reload()
    await expect(page.get_by_label("Points", exact=True)).to_have_value("flat.v1")


async def test_host_who_brings_a_file_reads_what_is_wrong_by_row_and_takes_the_rest(
    setup_page: WatchedPage, scripted: ScriptedPages
) -> None:
    """Nothing is kept of a file with faults before the host says so."""
    page = setup_page.page
    problem = {"row": 12, "column": 8, "title": "Which is larger?", "message": "expected numbers of answers"}
    refused = {"error": {"code": "quiz_invalid", "message": "1 problem"}, "problems": [problem]}
    scripted.standing["POST /api/quizzes/import"] = (422, refused)
    chooser = page.locator("input[type=file]")
    await chooser.set_input_files({"name": "bank.csv", "mimeType": "text/csv", "buffer": b"a,b"})
    await expect(page.get_by_role("alert")).to_contain_text("Not everything in bank.csv can be taken.")
    rows = page.get_by_role("region", name="bank.csv").get_by_role("listitem")
    await expect(rows).to_contain_text("Row 12, column 8: expected numbers of answers")
    await expect(rows).to_contain_text("Which is larger?")
    taken = {"quiz_id": "q2", "version": 1, "title": "bank", "question_count": 4, "warnings": [problem]}
    scripted.standing["POST /api/quizzes/import"] = (201, taken)
    await page.get_by_role("button", name="Take the rest").click()
    await expect(page.get_by_text("“bank” is in your library, 4 questions.")).to_be_visible()
    await expect(page.get_by_text("Row 12, column 8:")).to_be_visible()


async def test_host_who_deletes_a_quiz_can_take_it_back(setup_page: WatchedPage, scripted: ScriptedPages) -> None:
    """The quiz is away at once, and deleted for good only later, or when the page is left."""
    page = setup_page.page
    card = page.get_by_role("listitem").filter(has_text="Stars")
    await card.get_by_text("More").click()
    await card.get_by_role("button", name="Delete").click()
    await expect(card).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(card).to_be_visible()
    assert not any(method == "DELETE" for method, *_ in scripted.requests)
    scripted.standing["DELETE /api/quizzes/q1"] = (204, None)
    await card.get_by_text("More").click()
    await card.get_by_role("button", name="Delete").click()
    async with page.expect_request("**/api/quizzes/q1"):
        await page.goto(f"{scripted.url}host#open/q1")


async def test_host_who_presses_start_twice_gives_one_command_for_one_version(
    setup_page: WatchedPage, scripted: ScriptedPages
) -> None:
    """The button waits until the feed shows what the command did; a command that came too late is passed over."""
    page = setup_page.page
    scripted.standing["GET /api/sessions/s1/questions/0/statistics"] = (200, STATISTICS)
    connection = await opened(setup_page, scripted)
    scripted.requests.clear()
    scripted.replies.append((200, {"version": 2, "phase": "question_open"}))
    start = page.get_by_role("button", name="Start")
    await start.click()
    await expect(start).to_have_attribute("aria-disabled", "true")
    await start.dispatch_event("click")
    await connection.send({"type": "session", "seq": 2, "session": open_question("single", ("a", "b"))})

    stale = {"error": {"code": "command_stale", "message": "expected version 3", "version": 3}}
    scripted.replies.append((409, stale))
    close = page.get_by_role("button", name="Close question")
    await close.click()
    await expect(close).to_have_attribute("aria-disabled", "true")
    closed = session_changed(3, "question_closed", 0) | {"reveal": {"correct": [0], "accepted": []}}
    await connection.send({"type": "session", "seq": 3, "session": closed})
    await expect(page.get_by_role("button", name="Next question")).to_have_attribute("aria-disabled", "false")
    path = "/api/sessions/s1/commands"
    assert [request[1:] for request in scripted.requests if request[0] == "POST"] == [
        (path, {"command": "start", "version": 1}, "Bearer h-token"),
        (path, {"command": "close", "version": 2}, "Bearer h-token"),
    ]


async def test_host_goes_on_by_space_wherever_the_focus_is(
    setup_page: WatchedPage, scripted: ScriptedPages
) -> None:
    """A presenter's clicker and the space bar press the main button; a field or a window keeps its own keys."""
    page = setup_page.page
    await opened(setup_page, scripted)
    scripted.requests.clear()
    await page.get_by_role("button", name="More").click()
    await page.keyboard.press("PageDown")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    scripted.replies.append((200, {"version": 2, "phase": "question_open"}))
    await page.evaluate("document.activeElement.blur()")
    async with page.expect_response("**/commands"):
        await page.keyboard.press("Space")
    assert [request[2] for request in scripted.requests] == [{"command": "start", "version": 1}]


async def test_host_adds_time_locks_and_puts_a_player_out(
    setup_page: WatchedPage, scripted: ScriptedPages
) -> None:
    """Each is one command with what it brings; whoever is out is off the list at once."""
    page = setup_page.page
    scripted.standing["GET /api/sessions/s1/players"] = (200, PEOPLE)
    connection = await opened(setup_page, scripted)
    scripted.requests.clear()
    asked = open_question("single", ("a", "b"))
    await connection.send({"type": "session", "seq": 2, "session": asked})
    scripted.replies.append((200, {"version": 3, "phase": "question_open"}))
    await page.get_by_role("button", name="+10 s").click()
    await connection.send({"type": "session", "seq": 3, "session": asked | {"version": 3}})
    await expect(page.get_by_role("button", name="Close question")).to_have_attribute("aria-disabled", "false")

    scripted.replies.append((200, {"version": 4, "phase": "question_open"}))
    await page.get_by_role("button", name="Players").click()
    await page.get_by_role("button", name="Remove Grace…").click()
    await page.get_by_role("button", name="Put out", exact=True).click()
    removed = asked | {"version": 4, "removed": ["p2"]}
    await connection.send({"type": "session", "seq": 4, "session": removed})
    people = page.get_by_role("dialog").get_by_role("listitem")
    await expect(people.filter(has_text="Grace")).to_have_count(0)
    await expect(people.filter(has_text="Ada")).to_be_visible()
    await page.keyboard.press("Escape")

    scripted.replies.append((200, {"version": 5, "phase": "question_open"}))
    await page.get_by_role("button", name="More").click()
    await page.get_by_label("Locked").click()
    await connection.send({"type": "session", "seq": 5, "session": removed | {"version": 5, "locked": True}})
    await expect(page.get_by_label("Locked")).to_be_checked()
    assert [request[2] for request in scripted.requests if request[0] == "POST"] == [
        {"command": "extend", "version": 2, "extend_ms": 10_000},
        {"command": "kick", "player_id": "p2"},
        {"command": "lock"},
    ]


async def test_phone_takes_the_reins_by_a_link_that_leaves_no_token_in_the_address_bar(
    setup_page: WatchedPage, scripted: ScriptedPages
) -> None:
    """The fragment never reaches a server; once read, it is gone from the page's address, too."""
    page = setup_page.page
    await page.goto("about:blank")
    await page.goto(f"{scripted.url}host#drive/s1/ABCDEF/h-token")
    connection = await scripted.connection()
    assert (await connection.hello()).token == "h-token"
    await connection.send(snapshot(1))
    await expect(page.get_by_role("button", name="Start")).to_have_attribute("aria-disabled", "false")
    assert page.url == f"{scripted.url}host"


async def test_sample_quiz_can_be_published_and_has_every_question_type() -> None:
    """What the host's page offers first shows what there is."""
    sample = json.loads((WEB / "src" / "host" / "sample_quiz.json").read_text())
    questions = msgspec.convert(sample["questions"], tuple[Question, ...])
    assert quiz_problems(sample["title"], questions) == []
    assert {question.type for question in questions} == set(QuestionType)
