"""A host's library over HTTP."""

import asyncio
import json
from dataclasses import replace

import pytest

from gateway.library.publishing import Publishing
from shared.adapters.memory import MemorySystem, When
from shared.domain.errors import Refusal, RefusalCode, TransientFailure
from shared.domain.library import MAX_QUIZZES, MAX_VERSIONS, entry_of
from shared.domain.quiz import Question, QuestionType
from shared.importers.registry import import_questions
from tests.story import QUIZ
from tests.unit.gateway.author import QUIZ_BODY, Author, published
from tests.unit.gateway.stage import HOST_ID, Running, Stage

REQUEST_ID = "a-request-of-a-host"
OTHER_ID = "another-request-of-a-host"


@pytest.fixture
def author(stage: Stage, gateway: Running) -> Author:
    return Author(gateway, stage.author_token())


@pytest.fixture
def stranger(stage: Stage, gateway: Running) -> Author:
    return Author(gateway, stage.author_token("another-host"))


async def test_a_quiz_published_twice_is_one_quiz(stage: Stage, author: Author, stranger: Author) -> None:
    """By its content, for the host who published it; another host has another."""
    first = await published(author)
    assert await published(author) == first
    assert await published(author, title="Another") != first
    assert await published(stranger) != first
    quiz = await stage.system.quizzes.get_latest(first)
    assert quiz is not None
    assert quiz.questions[0].choices == ("Mars", "Jupiter")


async def test_a_request_sent_again_publishes_nothing_more(author: Author) -> None:
    """Whatever it brings the second time; another request with the same content is another quiz."""
    first = await published(author, request_id=REQUEST_ID)
    assert await published(author, request_id=REQUEST_ID, title="Changed meanwhile") == first
    assert await published(author, request_id=OTHER_ID) != first


async def test_a_quiz_with_problems_is_refused_with_all_of_them(author: Author) -> None:
    """Each names its question."""
    questions = [{"type": "single", "prompt": "", "choices": ["one"], "correct": [4]}]
    status, body = await author.post("/api/quizzes", {"title": "T", "questions": questions})
    assert (status, body["error"]["code"]) == (422, "quiz_invalid")
    assert "question 1: expected a prompt" in body["error"]["message"]
    assert "question 1: expected correct choices" in body["error"]["message"]


async def test_a_quiz_as_large_as_the_rules_allow_is_published(author: Author) -> None:
    """500 questions with long texts in Cyrillic: what an import takes can also be played."""
    question = {"type": "single", "prompt": "ы" * 500, "choices": [c * 200 for c in "абвгдежзик"], "correct": [1]}
    body = json.dumps({"title": "Long", "questions": [question] * 500}, ensure_ascii=False).encode()
    assert (await author.post("/api/quizzes", body))[0] == 201


async def test_the_library_shows_ones_own_quizzes_the_latest_first(
    stage: Stage, author: Author, stranger: Author
) -> None:
    """By page, with what a shelf needs."""
    ids = []
    for number in range(5):
        stage.system.clock.advance(1_000)
        ids.append(await published(author, title=f"Quiz {number}"))
    await published(stranger)
    status, page = await author.get("/api/quizzes", limit="3")
    assert status == 200
    assert [quiz["quiz_id"] for quiz in page["quizzes"]] == ids[:1:-1]
    assert page["quizzes"][0] == {
        "quiz_id": ids[4],
        "version": 1,
        "title": "Quiz 4",
        "question_count": 2,
        "published_at_ms": stage.system.clock.now_ms(),
        "image_url": "",
    }
    _, rest = await author.get("/api/quizzes", limit="3", after=page["next"])
    assert [quiz["quiz_id"] for quiz in rest["quizzes"]] == ids[1::-1]
    assert rest["next"] is None


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "101"}, {"limit": "x"}, {"after": "x"}, {"after": "1-"}]
)
async def test_a_page_that_cannot_be_is_refused(author: Author, query: dict[str, str]) -> None:
    """What was expected is told."""
    status, body = await author.get("/api/quizzes", **query)
    assert (status, body["error"]["code"]) == (422, "query_invalid")


async def test_a_new_version_leaves_the_old_one_as_it_was(author: Author) -> None:
    """Both are there for good; the library shows the newest."""
    quiz_id = await published(author)
    body = {**QUIZ_BODY, "title": "The sky at night", "request_id": REQUEST_ID}
    path = f"/api/quizzes/{quiz_id}/versions"
    assert await author.post(path, body) == (201, {"quiz_id": quiz_id, "version": 2})
    assert await author.post(path, body) == (201, {"quiz_id": quiz_id, "version": 2})
    _, versions = await author.get(path)
    assert [(one["version"], one["title"]) for one in versions["versions"]] == [
        (2, "The sky at night"),
        (1, "The sky"),
    ]
    _, newest = await author.get(f"/api/quizzes/{quiz_id}")
    _, oldest = await author.get(f"/api/quizzes/{quiz_id}", version="1")
    assert (newest["version"], newest["title"]) == (2, "The sky at night")
    assert (oldest["version"], oldest["title"]) == (1, "The sky")
    assert oldest["questions"][1]["accepted"] == ["8"]
    _, library = await author.get("/api/quizzes")
    assert [(one["version"], one["title"]) for one in library["quizzes"]] == [(2, "The sky at night")]


async def test_a_quiz_published_again_after_it_has_changed_is_a_new_one(author: Author) -> None:
    """What is imported is what is opened, not what became of an earlier import."""
    quiz_id = await published(author)
    changed = {**QUIZ_BODY, "title": "Changed", "request_id": REQUEST_ID}
    await author.post(f"/api/quizzes/{quiz_id}/versions", changed)
    again = await published(author)
    assert again != quiz_id
    assert await published(author) == again


async def test_a_deleted_quiz_is_out_of_the_library_and_in_its_sessions(author: Author) -> None:
    """No session can be opened of it any more; the one that plays goes on."""
    quiz_id = await published(author)
    _, opened = await author.post("/api/sessions", {"quiz_id": quiz_id})
    for _ in range(2):
        assert await author.delete(f"/api/quizzes/{quiz_id}") == (204, None)
    assert (await author.get("/api/quizzes"))[1]["quizzes"] == []
    for status, body in (
        await author.get(f"/api/quizzes/{quiz_id}"),
        await author.post("/api/sessions", {"quiz_id": quiz_id}),
    ):
        assert (status, body["error"]["code"]) == (404, "quiz_unknown")
    _, found = await author.get(f"/api/sessions/{opened['code']}")
    assert (found["title"], found["question_count"]) == ("The sky", 2)
    assert [one["title"] for one in (await author.get("/api/sessions"))[1]["sessions"]] == ["The sky"]
    assert await published(author) != quiz_id


async def test_a_copy_is_a_quiz_of_its_own(author: Author) -> None:
    """Of the version that was asked for, under another title; sent again, it is one copy."""
    quiz_id = await published(author)
    body = {"title": "The sky, once more", "request_id": REQUEST_ID}
    status, copy = await author.post(f"/api/quizzes/{quiz_id}/duplicates", body)
    assert (status, copy["version"]) == (201, 1)
    assert copy["quiz_id"] != quiz_id
    assert await author.post(f"/api/quizzes/{quiz_id}/duplicates", body) == (201, copy)
    _, shown = await author.get(f"/api/quizzes/{copy['quiz_id']}")
    _, original = await author.get(f"/api/quizzes/{quiz_id}")
    assert shown["title"] == "The sky, once more"
    assert shown["questions"] == original["questions"]
    status, body = await author.post(f"/api/quizzes/{quiz_id}/duplicates", {**body, "version": 7})
    assert (status, body["error"]["code"]) == (404, "quiz_unknown")


@pytest.mark.parametrize("format", ["json", "csv"])
async def test_an_exported_quiz_imports_as_the_same_quiz(gateway: Running, author: Author, format: str) -> None:
    """As a download with the quiz's name."""
    quiz_id = await published(author)
    headers = {"Authorization": f"Bearer {author.token}"}
    url = f"{gateway.url}/api/quizzes/{quiz_id}/export"
    async with gateway.http.get(url, params={"format": format}, headers=headers) as response:
        content = await response.read()
        assert response.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''The-sky.{format}"
    taken = import_questions(content, name=f"bank.{format}")
    assert (taken.title, len(taken.questions)) == ("The sky", 2)
    assert taken.questions[1].time_limit_ms == 10_000
    status, body = await author.get(f"/api/quizzes/{quiz_id}/export", format="pdf")
    assert (status, body["error"]["code"]) == (422, "query_invalid")


async def test_a_quiz_is_unknown_to_everybody_but_its_owner(author: Author, stranger: Author) -> None:
    """Nobody learns whether it exists; deleting somebody else's does nothing."""
    quiz_id = await published(author)
    version = {**QUIZ_BODY, "request_id": REQUEST_ID}
    for status, body in (
        await stranger.get(f"/api/quizzes/{quiz_id}"),
        await stranger.get(f"/api/quizzes/{quiz_id}/versions"),
        await stranger.get(f"/api/quizzes/{quiz_id}/export"),
        await stranger.post(f"/api/quizzes/{quiz_id}/versions", version),
        await stranger.post(f"/api/quizzes/{quiz_id}/duplicates", {"title": "Mine", "request_id": REQUEST_ID}),
        await stranger.post("/api/sessions", {"quiz_id": quiz_id}),
        await stranger.put("/api/drafts/a-draft-of-the-sky", {"revision": 0, "quiz_id": quiz_id}),
        await author.get("/api/quizzes/none"),
    ):
        expected = {"code": "quiz_unknown", "message": "expected a published quiz of yours"}
        assert (status, body["error"]) == (404, expected)
    assert await stranger.delete(f"/api/quizzes/{quiz_id}") == (204, None)
    assert (await author.get(f"/api/quizzes/{quiz_id}"))[0] == 200


QUESTION = Question(type=QuestionType.TEXT, prompt="Who?", accepted=("Ada",))


def _publishing(system: MemorySystem) -> Publishing:
    return Publishing(quizzes=system.quizzes, library=system.library, clock=system.clock)


@pytest.mark.parametrize("when", When)
async def test_a_publication_that_breaks_off_is_whole_when_it_is_repeated(when: When) -> None:
    """At each call in turn, before and after its effect: one quiz, one version, in the library."""
    calls = await _calls_of_a_publication()
    for number in range(1, calls + 1):
        system = MemorySystem()
        publishing = _publishing(system)
        system.faults.fail_call(number, when)
        with pytest.raises(TransientFailure):
            await publishing.publish(HOST_ID, "The sky", [QUESTION], request_id=REQUEST_ID)
        quiz = await publishing.publish(HOST_ID, "The sky", [QUESTION], request_id=REQUEST_ID)
        assert [summary.version for summary in await system.quizzes.versions(quiz.id)] == [1]
        assert await publishing.quiz(HOST_ID, quiz.id) == quiz


async def _calls_of_a_publication() -> int:
    system = MemorySystem()
    await _publishing(system).publish(HOST_ID, "The sky", [QUESTION], request_id=REQUEST_ID)
    return len(system.faults.calls)


async def test_versions_published_at_the_same_moment_are_all_there() -> None:
    """Each request once, whichever number it gets, also when it is sent twice."""
    system = MemorySystem()
    publishing = _publishing(system)
    quiz = await publishing.publish(HOST_ID, "The sky", [QUESTION])
    requests = [f"request-{number % 8}" for number in range(16)]
    versions = await asyncio.gather(
        *(
            publishing.publish_version(HOST_ID, quiz.id, "The sky", [QUESTION], request_id=request_id)
            for request_id in requests
        )
    )
    assert sorted({version.version for version in versions}) == list(range(2, 10))
    assert len({(version.version, version.request_id) for version in versions}) == 8
    assert (await publishing.entry(HOST_ID, quiz.id)).version == 9


async def test_a_quiz_has_so_many_versions_and_no_more() -> None:
    """A bound, and a code that says so."""
    system = MemorySystem()
    publishing = _publishing(system)
    quiz = await publishing.publish(HOST_ID, "The sky", [QUESTION])
    for number in range(MAX_VERSIONS - 1):
        await publishing.publish_version(HOST_ID, quiz.id, "The sky", [QUESTION], request_id=f"r{number}")
    with pytest.raises(Refusal) as refused:
        await publishing.publish_version(HOST_ID, quiz.id, "The sky", [QUESTION], request_id="one more")
    assert refused.value.code is RefusalCode.LIBRARY_FULL


async def test_a_library_has_room_for_so_many_quizzes() -> None:
    """A publication repeated needs none; deleting makes room again."""
    system = MemorySystem()
    publishing = _publishing(system)
    for number in range(MAX_QUIZZES):
        entry = entry_of(replace(QUIZ, id=f"quiz-{number}"), owner_id=HOST_ID)
        await system.library.put(entry)
    with pytest.raises(Refusal) as refused:
        await publishing.publish(HOST_ID, "One more", [QUESTION], request_id=REQUEST_ID)
    assert refused.value.code is RefusalCode.LIBRARY_FULL
    await publishing.hide(HOST_ID, "quiz-7")
    quiz = await publishing.publish(HOST_ID, "One more", [QUESTION], request_id=REQUEST_ID)
    assert await publishing.publish(HOST_ID, "One more", [QUESTION], request_id=REQUEST_ID) == quiz
