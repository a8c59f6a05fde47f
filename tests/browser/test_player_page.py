"""The player's page against a gateway that does what each test says."""

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.gallery import LONG, PICTURE
from tests.browser.scripted_pages import ScriptedPages, open_question
from tests.browser.watched_page import WatchedPage
from tests.unit.client.scripted_gateway import (
    ScriptedConnection,
    leaderboard,
    own_place,
    session_changed,
    snapshot,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

PLANETS = ("Mercury", "Venus", "Earth", "Mars")


async def welcomed(scripted: ScriptedPages, *, last_seq: int | None = None, seq: int = 1) -> ScriptedConnection:
    """The page's next connection, after its hello and a snapshot of an open question."""
    connection = await scripted.connection()
    hello = await connection.hello()
    assert (hello.token, hello.last_seq) == ("a-token", last_seq)
    await connection.send(snapshot(seq, session=open_question("single", PLANETS)))
    return connection


async def press(page: Page, *keys: str) -> None:
    for key in keys:
        await page.keyboard.press(key)


async def test_page_with_a_gap_in_the_feed_resumes_from_its_last_number(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """Nothing after a gap is shown; the page says which number it has."""
    connection = await welcomed(scripted)
    await connection.send({"type": "lobby", "seq": 3, "lobby": {"players": 9, "nicknames": []}})
    again = await scripted.connection()
    assert (await again.hello()).last_seq == 1
    await again.send({"type": "session", "seq": 2, "session": session_changed(3, "finished")})
    await expect(joined_page.page.get_by_role("heading", level=1)).to_have_text("That was it!")


async def test_page_without_an_ack_sends_the_same_answer_again_after_reconnect_and_refresh(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """An answer leaves the page's keeping only by an ack, and its id never changes."""
    page = joined_page.page
    connection = await welcomed(scripted)
    await page.get_by_role("button", name="Mars").click()
    answer = await connection.answer()
    assert (answer.question, answer.value.choices) == (0, (3,))
    await expect(joined_page.main.get_by_text("Sending…")).to_be_visible()

    await connection.close()
    connection = await welcomed(scripted, last_seq=1)
    assert await connection.answer() == answer

    await page.reload()
    connection = await welcomed(scripted)
    assert await connection.answer() == answer
    await connection.send({"type": "ack", "id": answer.id, "question": 0})
    await expect(joined_page.main.get_by_text("Sent ✓ Your answer is in.")).to_be_visible()
    await expect(page.get_by_role("button", name="Mars")).to_be_disabled()


async def test_page_whose_answer_is_refused_says_why(scripted: ScriptedPages, joined_page: WatchedPage) -> None:
    """An ack says that the answer is safe, not that it counts."""
    connection = await welcomed(scripted)
    await joined_page.page.get_by_role("button", name="Venus").click()
    answer = await connection.answer()
    await connection.send({"type": "ack", "id": answer.id, "question": 0})
    refusal = {"type": "outcome", "answer_id": answer.id, "question": 0, "code": "question_closed", "message": ""}
    await connection.send(refusal)
    await expect(joined_page.main.get_by_text("Your answer came after the question closed.")).to_be_visible()


async def test_page_on_a_device_with_a_wrong_clock_counts_down_on_the_servers(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """The scripted server lives in 1970 and says 14 seconds: no device's own clock could."""
    await welcomed(scripted)
    timer = joined_page.page.get_by_role("timer")
    await expect(timer).to_have_text("14 seconds left")
    await expect(timer).to_have_text("13 seconds left")


async def test_page_after_the_question_shows_result_right_answer_place_and_board(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """What a player wants to know, in words and not by colour alone."""
    page = joined_page.page
    connection = await welcomed(scripted)
    board = leaderboard(1)
    board["top"] = [{"rank": 1, "player_id": "p1", "nickname": "Ada", "points": 873, "total_ms": 10}]
    await connection.send({"type": "leaderboard", "seq": 2, "leaderboard": board, "me": own_place(0, 873)})
    closed = open_question("single", PLANETS, version=3) | {
        "phase": "question_closed",
        "reveal": {"correct": [3], "accepted": []},
    }
    await connection.send({"type": "session", "seq": 3, "session": closed, "me": own_place(0, 873)})
    await expect(joined_page.main.get_by_text("✓ Correct!")).to_be_visible()
    await expect(joined_page.announced).to_contain_text("Correct! +873 points.")
    await expect(joined_page.main.get_by_text("+873 points. You are 1st of 1 with 873 points.")).to_be_visible()
    await expect(page.get_by_role("listitem").filter(has_text="right answer")).to_contain_text("Mars")
    await expect(page.get_by_role("listitem").filter(has_text="873")).to_contain_text("Ada")


async def test_page_of_a_player_without_points_says_nought(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """The gateway leaves out what is 0."""
    connection = await welcomed(scripted)
    own = {"player_id": "p1", "nickname": "Ada", "rank": 1, "question": 0, "gained": 0, "correct": False}
    closed = open_question("single", PLANETS, version=3) | {
        "phase": "question_closed",
        "reveal": {"correct": [3], "accepted": []},
    }
    await connection.send({"type": "session", "seq": 2, "session": closed, "me": own})
    await expect(joined_page.main.get_by_text("✗ Not this time.")).to_be_visible()
    await expect(joined_page.main.get_by_text("You are 1st of 1 with 0 points.")).to_be_visible()
    await expect(joined_page.main.get_by_role("listitem").filter(has_text="you")).to_contain_text("0")


async def test_page_whose_token_is_refused_goes_back_to_joining(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """Trying again would not help, so the page does not."""
    connection = await scripted.connection()
    await connection.hello()
    await connection.send({"type": "error", "code": "token_invalid", "message": "expected a token"})
    alert = joined_page.page.get_by_role("alert")
    await expect(alert).to_have_text("Your place in this session has expired. Join again.")
    await expect(joined_page.page.get_by_label("Code")).to_be_visible()


@pytest.mark.parametrize(
    ("question", "keys", "expected"),
    [
        (("single", PLANETS), ["Tab", "Tab", "Enter"], {"choices": [1]}),
        (("true_false", ("True", "False")), ["Tab", "Space"], {"choices": [0]}),
        (("poll", ("Yes", "No")), ["Tab", "Tab", "Enter"], {"choices": [1]}),
        (
            ("multiple", PLANETS),
            ["Tab", "Space", "Tab", "Tab", "Space", "Tab", "Tab", "Enter"],
            {"choices": [0, 2]},
        ),
        (("text", ()), ["Tab", "H", "i", "Enter"], {"text": "Hi"}),
        (("number", ()), ["Tab", "3", ",", "5", "Tab", "Enter"], {"text": "3,5"}),
    ],
)
async def test_question_of_each_type_is_answered_by_keyboard_on_a_small_phone(
    scripted: ScriptedPages,
    joined_page: WatchedPage,
    question: tuple[str, tuple[str, ...]],
    keys: list[str],
    expected: dict[str, object],
) -> None:
    """From the heading, which has the focus, by Tab, Space and Enter; every control in sight at 360 × 640."""
    page = joined_page.page
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1, session=open_question(*question)))
    await expect(page.get_by_role("heading", level=1)).to_be_focused()
    for control in await page.locator("form button, form label.choice, form input.typed").all():
        box = await control.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 640
    await press(page, *keys)
    answer = await connection.answer()
    assert {"choices": list(answer.value.choices), "text": answer.value.text} == {
        "choices": [],
        "text": "",
    } | expected


@pytest.mark.parametrize(
    ("kind", "choices"),
    [("single", PLANETS), ("single", LONG[:4]), ("multiple", LONG[:4]), ("order", PLANETS), ("text", ())],
)
async def test_question_with_a_picture_keeps_every_answer_in_sight_on_a_small_phone(
    scripted: ScriptedPages, joined_page: WatchedPage, kind: str, choices: tuple[str, ...]
) -> None:
    """The picture gives way, and is as large as the screen on a press."""
    page = joined_page.page
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1, session=open_question(kind, choices, image_url=PICTURE)))
    await expect(page.get_by_role("img", name="Picture of the question")).to_be_visible()
    for control in await page.locator("form button, form label.choice, form .choice, form input.typed").all():
        await expect(control).to_be_in_viewport(ratio=1)
    await page.get_by_role("button", name="Picture of the question enlarge").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_order_question_is_put_in_order_by_keyboard(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """The focus stays on the button of the line that moves, and the answer is the order in sight."""
    page = joined_page.page
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1, session=open_question("order", PLANETS)))
    mars_up = page.get_by_role("button", name="Move up: Mars")
    await mars_up.focus()
    await press(page, "Enter", "Enter", "Enter")
    await expect(mars_up).to_be_focused()
    in_sight = await page.get_by_role("listitem").locator(".choice-text").all_inner_texts()
    assert in_sight[0] == "Mars"
    await page.get_by_role("button", name="Send this order").click()
    assert [PLANETS[index] for index in (await connection.answer()).value.choices] == in_sight


async def test_join_that_is_pending_asks_at_the_place_it_was_told(
    scripted: ScriptedPages, phone: BrowserContext
) -> None:
    """A 503 is asked again with the same request id, a 202 leads to the place of the outcome."""
    page = await phone.new_page()
    identity = {"player_id": "p1", "session_id": "s1", "nickname": "Ada", "token": "a-token"}
    place = "/api/sessions/ABCDEF/players/requests/r"
    scripted.replies.extend([(503, {}), (202, {"request_id": "r", "location": place}), (202, {}), (200, identity)])
    await page.goto(f"{scripted.url}?code=abc-def")
    await page.get_by_label("Nickname").fill("Ada")
    await page.get_by_role("button", name="Join").click()
    await welcomed(scripted)
    await expect(page.get_by_role("timer")).to_be_visible()
    posts, asks = scripted.requests[:2], scripted.requests[2:]
    assert [path for _, path, _, _ in posts] == ["/api/sessions/ABCDEF/players"] * 2
    assert posts[0][2] == posts[1][2]
    assert posts[0][2]["nickname"] == "Ada"
    assert [(method, path) for method, path, _, _ in asks] == [("GET", place)] * 2


async def test_join_that_is_refused_says_so_and_may_be_tried_again(
    scripted: ScriptedPages, phone: BrowserContext
) -> None:
    """In words, where a screen reader hears it at once; the next try is another request."""
    page = await phone.new_page()
    taken = {"error": {"code": "nickname_taken", "message": "expected another"}}
    scripted.replies.extend([(409, taken), (409, taken)])
    await page.goto(f"{scripted.url}?code=ABCDEF")
    await page.get_by_label("Nickname").fill("Ada")
    for _ in range(2):
        await page.get_by_role("button", name="Join").click()
        await expect(page.get_by_role("alert")).to_contain_text("already has this nickname")
        await expect(page.get_by_role("button", name="Join")).to_be_enabled()
    first, second = (body["request_id"] for _, _, body, _ in scripted.requests)
    assert first != second


async def test_late_player_is_told_what_they_begin_with_until_a_place_counts_it(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """The points are on no board before the first answer; nobody shall wonder about them after it."""
    await scripted.connection()  # of the page as it was
    await joined_page.page.evaluate(
        "sessionStorage.setItem('quizline.player', JSON.stringify({"
        "...JSON.parse(sessionStorage.getItem('quizline.player')), starting_points: 450}))"
    )
    await joined_page.page.reload()
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1, session=open_question("single", PLANETS)))
    told = joined_page.main.get_by_text("You begin with 450 points.")
    await expect(told).to_be_visible()
    await connection.send(
        {"type": "leaderboard", "seq": 2, "leaderboard": leaderboard(1), "me": own_place(0, 450)}
    )
    await expect(told).to_have_count(0)


async def test_choice_that_is_ticked_has_the_systems_colours_where_the_system_chooses_them(
    scripted: ScriptedPages, joined_page: WatchedPage
) -> None:
    """High contrast: neither the choice's own colour nor a mark that is only transparent tells anything then."""
    page = joined_page.page
    await page.emulate_media(forced_colors="active")
    connection = await scripted.connection()
    await connection.hello()
    await connection.send(snapshot(1, session=open_question("multiple", PLANETS)))
    await page.get_by_text("Mars").click()
    await expect(page.get_by_role("checkbox", name="Mars")).to_be_checked()
    ticks = page.locator(".tick")
    await expect(ticks.last).to_have_css("background-color", await shown_as(page, "Highlight"))
    await expect(ticks.first).to_have_css("background-color", await shown_as(page, "Canvas"))
    await expect(ticks.first).to_have_css("color", "rgba(0, 0, 0, 0)")


async def shown_as(page: Page, color: str) -> str:
    """What the browser makes of one of the system's colours."""
    shown: str = await page.evaluate(
        """color => {
            const probe = document.body.appendChild(document.createElement("i"));
            probe.style.forcedColorAdjust = "none";
            probe.style.backgroundColor = color;
            const shown = getComputedStyle(probe).backgroundColor;
            probe.remove();
            return shown;
        }""",
        color,
    )
    return shown
