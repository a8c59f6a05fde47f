"""Drafts over HTTP: autosave, conflicts, problems by question, publishing."""

from typing import Any

import pytest

from gateway.library.drafting import Drafting, StaleDraft
from gateway.library.publishing import Publishing
from shared.adapters.memory import MemorySystem, When
from shared.domain.errors import TransientFailure
from shared.domain.library import MAX_DRAFTS
from shared.domain.quiz import Question, QuestionType
from shared.domain.reasons import KINDS
from tests.unit.gateway.author import QUIZ_BODY, Author, published
from tests.unit.gateway.stage import HOST_ID, Running, Stage

DRAFT_ID = "a-draft-of-the-sky"
PATH = f"/api/drafts/{DRAFT_ID}"
UNFIT: dict[str, Any] = {
    "title": "",
    "questions": [
        {"type": "single", "prompt": "The largest?", "choices": ["Mars", "Jupiter"], "correct": [1]},
        {"type": "single", "prompt": "", "choices": ["one"], "correct": []},
    ],
}

CODES = {kind.code for kind in KINDS}


@pytest.fixture
def author(stage: Stage, gateway: Running) -> Author:
    return Author(gateway, stage.author_token())


async def test_an_unfit_draft_is_saved_and_its_problems_are_told_by_question(author: Author) -> None:
    """From 0; null is the quiz as a whole."""
    status, saved = await author.put(PATH, {"revision": 0, **UNFIT})
    assert (status, saved["draft_id"], saved["revision"]) == (200, DRAFT_ID, 1)
    assert {(problem["question"], problem["message"]) for problem in saved["problems"]} >= {
        (None, "expected a title, got an empty one"),
        (1, "expected a prompt, got an empty one"),
        (1, "expected 2 to 10 choices for type single, got 1"),
    }
    assert 0 not in {problem["question"] for problem in saved["problems"]}
    assert all(problem["code"] in CODES for problem in saved["problems"])
    _, shown = await author.get(PATH)
    assert (shown["revision"], shown["title"], len(shown["questions"])) == (1, "", 2)
    assert shown["problems"] == saved["problems"]
    status, refused = await author.post(f"{PATH}/publish", {"revision": 1})
    assert (status, refused["error"]["code"]) == (422, "quiz_invalid")


async def test_a_draft_without_anything_can_be_saved(author: Author) -> None:
    """The editor's first moment."""
    status, saved = await author.put(PATH, {"revision": 0})
    assert (status, [problem["question"] for problem in saved["problems"]]) == (200, [None, None])


async def test_a_save_on_top_of_another_revision_is_refused_with_the_present_one(author: Author) -> None:
    """Two windows: the second is told, and nothing is lost."""
    await author.put(PATH, {"revision": 0, **QUIZ_BODY})
    assert (await author.put(PATH, {"revision": 1, **QUIZ_BODY, "title": "First window"}))[0] == 200
    status, body = await author.put(PATH, {"revision": 1, **QUIZ_BODY, "title": "Second window"})
    assert (status, body["error"]["code"], body["error"]["revision"]) == (409, "draft_stale", 2)
    assert (await author.get(PATH))[1]["title"] == "First window"
    status, body = await author.put("/api/drafts/another-draft-of-it", {"revision": 3})
    assert (status, body["error"]["revision"]) == (409, 0)


async def test_a_save_whose_reply_was_lost_can_be_sent_again(author: Author) -> None:
    """The same content on top of the same revision is no conflict."""
    for revision, title in ((0, "First"), (0, "First"), (1, "Second"), (1, "Second")):
        status, saved = await author.put(PATH, {"revision": revision, **QUIZ_BODY, "title": title})
        assert (status, saved["revision"]) == (200, revision + 1)


async def test_a_draft_is_published_version_by_version(stage: Stage, author: Author) -> None:
    """Its quiz is one; each revision is published once, also when it is asked for twice."""
    _, saved = await author.put(PATH, {"revision": 0, **QUIZ_BODY})
    first = (201, {"quiz_id": saved["quiz_id"], "version": 1})
    assert await author.post(f"{PATH}/publish", {"revision": 1}) == first
    assert await author.post(f"{PATH}/publish", {"revision": 1}) == first
    await author.put(PATH, {"revision": 1, **QUIZ_BODY, "title": "The sky at night", "quiz_id": saved["quiz_id"]})
    assert await author.post(f"{PATH}/publish", {"revision": 1}) == first
    _, shown = await author.get(PATH)
    assert (shown["revision"], shown["published_revision"], shown["published_version"]) == (2, 1, 1)
    second = (201, {"quiz_id": saved["quiz_id"], "version": 2})
    assert await author.post(f"{PATH}/publish", {"revision": 2}) == second
    _, quiz = await author.get(f"/api/quizzes/{saved['quiz_id']}")
    assert (quiz["version"], quiz["title"]) == (2, "The sky at night")


async def test_a_revision_that_was_not_seen_is_not_published(author: Author) -> None:
    """What is published is what its host looked at."""
    await author.put(PATH, {"revision": 0, **QUIZ_BODY})
    await author.put(PATH, {"revision": 1, **QUIZ_BODY, "title": "Another window's"})
    status, body = await author.post(f"{PATH}/publish", {"revision": 1})
    assert (status, body["error"]["code"], body["error"]["revision"]) == (409, "draft_stale", 2)


async def test_a_draft_of_a_published_quiz_makes_its_next_version(author: Author) -> None:
    """The way of an editor: the quiz as a draft, changed, published."""
    quiz_id = await published(author)
    draft = {"revision": 0, "quiz_id": quiz_id, **QUIZ_BODY, "title": "Corrected"}
    assert (await author.put(f"/api/drafts/{quiz_id}", draft))[0] == 200
    made = await author.post(f"/api/drafts/{quiz_id}/publish", {"revision": 1})
    assert made == (201, {"quiz_id": quiz_id, "version": 2})


async def test_drafts_are_listed_without_their_questions_the_latest_first(stage: Stage, author: Author) -> None:
    """By page."""
    for number in range(3):
        stage.system.clock.advance(1_000)
        await author.put(f"/api/drafts/{DRAFT_ID}-{number}", {"revision": 0, **UNFIT, "title": f"Draft {number}"})
    _, page = await author.get("/api/drafts", limit="2")
    assert [draft["title"] for draft in page["drafts"]] == ["Draft 2", "Draft 1"]
    assert page["drafts"][0]["question_count"] == 2
    assert "questions" not in page["drafts"][0]
    _, rest = await author.get("/api/drafts", limit="2", after=page["next"])
    assert [draft["title"] for draft in rest["drafts"]] == ["Draft 0"]


async def test_a_draft_is_its_owners_alone(stage: Stage, gateway: Running, author: Author) -> None:
    """Another host's of the same id is another draft."""
    stranger = Author(gateway, stage.author_token("another-host"))
    await author.put(PATH, {"revision": 0, **QUIZ_BODY})
    for status, body in (
        await stranger.get(PATH),
        await stranger.post(f"{PATH}/publish", {"revision": 1}),
    ):
        assert (status, body["error"]["code"]) == (404, "draft_unknown")
    assert (await stranger.put(PATH, {"revision": 0, "title": "Mine"}))[0] == 200
    assert await stranger.delete(PATH) == (204, None)
    assert (await author.get(PATH))[1]["title"] == "The sky"


async def test_a_deleted_draft_is_gone_and_what_was_published_of_it_stays(author: Author) -> None:
    """Twice is once."""
    _, saved = await author.put(PATH, {"revision": 0, **QUIZ_BODY})
    await author.post(f"{PATH}/publish", {"revision": 1})
    for _ in range(2):
        assert await author.delete(PATH) == (204, None)
    assert (await author.get(PATH))[0] == 404
    assert (await author.get(f"/api/quizzes/{saved['quiz_id']}"))[0] == 200


@pytest.mark.parametrize("draft_id", ["short", "x" * 65, "with a space in it", "ümlaut-of-a-draft"])
async def test_a_draft_with_an_id_that_cannot_be_is_refused(author: Author, draft_id: str) -> None:
    """What was expected is told."""
    status, body = await author.put(f"/api/drafts/{draft_id}", {"revision": 0})
    assert (status, body["error"]["code"]) == (422, "draft_id_invalid")


async def test_a_host_has_so_many_drafts_and_no_more(author: Author) -> None:
    """Those that are there can be saved on."""
    for number in range(MAX_DRAFTS):
        assert (await author.put(f"/api/drafts/{DRAFT_ID}-{number}", {"revision": 0}))[0] == 200
    status, body = await author.put(PATH, {"revision": 0})
    assert (status, body["error"]["code"]) == (409, "library_full")
    assert (await author.put(f"/api/drafts/{DRAFT_ID}-7", {"revision": 1, "title": "On"}))[0] == 200
    assert (await author.put(f"/api/drafts/{DRAFT_ID}-8", {"revision": 0}))[0] == 200


QUESTION = Question(type=QuestionType.TEXT, prompt="Who?", accepted=("Ada",))


@pytest.mark.parametrize("when", When)
async def test_a_draft_whose_publication_breaks_off_is_published_once(when: When) -> None:
    """At each call in turn, before and after its effect; a later save in between changes nothing of it."""
    for number in range(1, 9):
        system = MemorySystem()
        publishing = Publishing(quizzes=system.quizzes, library=system.library, clock=system.clock)
        drafting = Drafting(drafts=system.drafts, publishing=publishing, clock=system.clock)
        draft = await drafting.save(
            HOST_ID, DRAFT_ID, revision=0, title="The sky", questions=(QUESTION,), quiz_id=None
        )
        system.faults.fail_call(number, when)
        try:
            await drafting.publish(HOST_ID, DRAFT_ID, revision=1)
        except TransientFailure:
            await drafting.publish(HOST_ID, DRAFT_ID, revision=1)
        system.faults.forgive()
        assert [summary.version for summary in await system.quizzes.versions(draft.quiz_id)] == [1]
        stored = await drafting.get(HOST_ID, DRAFT_ID)
        assert (stored.published_revision, stored.published_version) == (1, 1)
        with pytest.raises(StaleDraft):
            await drafting.publish(HOST_ID, DRAFT_ID, revision=2)
