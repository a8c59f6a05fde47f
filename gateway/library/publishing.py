"""Publishing, and the libraries in which hosts find what they have published.

A quiz is written first and entered into the library after it. Whoever dies in between leaves a version that nobody
sees; the same request again finds it by its id and enters it.
"""

import hashlib
from collections.abc import Sequence

import msgspec

from shared.domain.errors import Refusal, RefusalCode, TransientFailure
from shared.domain.library import MAX_QUIZZES, MAX_VERSIONS, LibraryEntry, QuizSummary, entry_of, quiz_id_of
from shared.domain.quiz import Question, Quiz, located_problems
from shared.domain.reasons import Unfit
from shared.ports.clock import Clock
from shared.ports.library import Library
from shared.ports.paging import Place
from shared.ports.quizzes import Quizzes

MOST_PROBLEMS_SHOWN = 20
# Others who publish the same quiz at the same moment take numbers; more often than this it is not chance.
VERSIONS_TRIED = 20
# How often the same content can be published anew after it was deleted or changed.
MOST_COPIES = 100


class Publishing:
    """Every method that changes something may be repeated. All raise TransientFailure when a store is away."""

    def __init__(self, *, quizzes: Quizzes, library: Library, clock: Clock) -> None:
        self._quizzes = quizzes
        self._library = library
        self._clock = clock

    async def publish(
        self, owner_id: str, title: str, questions: Sequence[Question], *, request_id: str = ""
    ) -> Quiz:
        """A new quiz. The same request again gives the same one; without a request's id, the same content does,
        while that quiz is in the library unchanged.

        Raises Refusal (QUIZ_INVALID with every reason, LIBRARY_FULL).
        """
        asked = tuple(questions)
        _check(title, asked)
        cause = f"request:{request_id}" if request_id else await self._free_cause(owner_id, title, asked)
        quiz_id = quiz_id_of(owner_id, cause)
        if await self._library.get(quiz_id) is None:
            await self._check_room(owner_id)
        return await self._publish(owner_id, quiz_id, title, asked, cause)

    async def publish_version(
        self, owner_id: str, quiz_id: str, title: str, questions: Sequence[Question], *, request_id: str
    ) -> Quiz:
        """The next version of a quiz of this owner. The same request again gives the same version.

        Raises Refusal (QUIZ_UNKNOWN, QUIZ_INVALID, LIBRARY_FULL).
        """
        await self.entry(owner_id, quiz_id)
        asked = tuple(questions)
        _check(title, asked)
        return await self._publish(owner_id, quiz_id, title, asked, f"request:{request_id}")

    async def publish_draft(
        self, owner_id: str, quiz_id: str, title: str, questions: Sequence[Question], *, draft: str
    ) -> Quiz:
        """As publish_version, or a new quiz of this id. `draft` names the draft and its revision."""
        asked = tuple(questions)
        _check(title, asked)
        entry = await self._library.get(quiz_id)
        if entry is None:
            await self._check_room(owner_id)
        elif entry.owner_id != owner_id or entry.hidden:
            raise quiz_unknown()
        return await self._publish(owner_id, quiz_id, title, asked, draft)

    async def entry(self, owner_id: str, quiz_id: str) -> LibraryEntry:
        """A quiz in this owner's library. Raises Refusal QUIZ_UNKNOWN, also for somebody else's."""
        entry = await self._library.get(quiz_id)
        if entry is None or entry.owner_id != owner_id or entry.hidden:
            raise quiz_unknown()
        return entry

    async def quiz(self, owner_id: str, quiz_id: str, version: int | None = None) -> Quiz:
        """A version of it, the newest unless named. Raises Refusal QUIZ_UNKNOWN."""
        entry = await self.entry(owner_id, quiz_id)
        quiz = await self._quizzes.get(quiz_id, entry.version if version is None else version)
        if quiz is None:
            raise quiz_unknown()
        return quiz

    async def versions(self, owner_id: str, quiz_id: str) -> Sequence[QuizSummary]:
        """The newest first. Raises Refusal QUIZ_UNKNOWN."""
        await self.entry(owner_id, quiz_id)
        return await self._quizzes.versions(quiz_id)

    async def entries(self, owner_id: str, *, after: Place | None, limit: int) -> Sequence[LibraryEntry]:
        """A page of the library, what was published last first."""
        return await self._library.of_owner(owner_id, after=after, limit=limit)

    async def hide(self, owner_id: str, quiz_id: str) -> None:
        """Out of the library; out of no session. Nothing happens when it is not there."""
        entry = await self._library.get(quiz_id)
        if entry is not None and entry.owner_id == owner_id:
            await self._library.hide(quiz_id)

    async def _publish(
        self, owner_id: str, quiz_id: str, title: str, questions: tuple[Question, ...], request_id: str
    ) -> Quiz:
        for _ in range(VERSIONS_TRIED):
            # Read at once: whoever sees a version sees too which request made it, so none is made twice.
            versions = await self._quizzes.versions(quiz_id)
            made = next((one.version for one in versions if one.request_id == request_id), None)
            if made is not None:
                return await self._entered(owner_id, quiz_id, made)
            if len(versions) >= MAX_VERSIONS:
                raise _full(f"expected at most {MAX_VERSIONS} versions of a quiz, got one more")
            quiz = Quiz(
                id=quiz_id,
                version=versions[0].version + 1 if versions else 1,
                title=title.strip(),
                questions=questions,
                request_id=request_id,
                published_at_ms=self._clock.now_ms(),
            )
            if await self._quizzes.add(quiz):
                await self._library.put(entry_of(quiz, owner_id=owner_id))
                return quiz
        raise TransientFailure(f"expected a free version within {VERSIONS_TRIED} tries, got none")

    async def _entered(self, owner_id: str, quiz_id: str, version: int) -> Quiz:
        """A version that was published before, its entry made sure of."""
        quiz = await self._quizzes.get(quiz_id, version)
        if quiz is None:
            raise TransientFailure(f"expected quiz {quiz_id} version {version}, got none")
        await self._library.put(entry_of(quiz, owner_id=owner_id))
        return quiz

    async def _free_cause(self, owner_id: str, title: str, questions: tuple[Question, ...]) -> str:
        """What stands for a request without an id: the content, and how often that has gone or changed since."""
        digest = hashlib.sha256(msgspec.json.encode((title, questions))).hexdigest()
        for copy in range(MOST_COPIES):
            cause = f"content:{digest}:{copy}"
            entry = await self._library.get(quiz_id_of(owner_id, cause))
            if entry is None or (entry.version == 1 and not entry.hidden):
                return cause
        raise _full(f"expected the same content published at most {MOST_COPIES} times, got one more")

    async def _check_room(self, owner_id: str) -> None:
        if await self._library.count(owner_id) >= MAX_QUIZZES:
            raise _full(f"expected at most {MAX_QUIZZES} quizzes in a library, got one more")


def quiz_unknown() -> Refusal:
    """Not there, deleted or somebody else's: whoever asks learns no more."""
    return Refusal(RefusalCode.QUIZ_UNKNOWN, "expected a published quiz of yours")


def _check(title: str, questions: tuple[Question, ...]) -> None:
    problems = list(located_problems(title, questions))
    if problems:
        raise Unfit(RefusalCode.QUIZ_INVALID, problems, shown=MOST_PROBLEMS_SHOWN)


def _full(message: str) -> Refusal:
    return Refusal(RefusalCode.LIBRARY_FULL, message)
