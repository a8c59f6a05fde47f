"""Libraries: one entry a quiz, of its newest version, seen by its owner alone."""

import asyncio
import uuid
from dataclasses import replace

from shared.domain.library import LibraryEntry
from shared.ports.paging import Place
from tests.contract.parts import Parts


def _entry(owner_id: str, *, version: int = 1, published_at_ms: int = 1_000, quiz_id: str = "") -> LibraryEntry:
    return LibraryEntry(
        quiz_id=quiz_id or uuid.uuid4().hex,
        owner_id=owner_id,
        version=version,
        title="The sky",
        question_count=2,
        published_at_ms=published_at_ms,
        image_url="/images/sky.webp",
    )


async def test_entry_put_is_found_whole(parts: Parts, twin: Parts, session_id: str) -> None:
    """By whichever process; an unknown quiz has none."""
    entry = _entry(session_id)
    await parts.library.put(entry)
    assert await twin.library.get(entry.quiz_id) == entry
    assert await parts.library.get("nothing") is None


async def test_entry_of_an_older_or_the_same_version_changes_nothing(
    parts: Parts, twin: Parts, session_id: str
) -> None:
    """In whatever order publications arrive, the newest stands."""
    entry = _entry(session_id)
    await asyncio.gather(
        *((parts, twin)[version % 2].library.put(replace(entry, version=version)) for version in (3, 1, 5, 2, 4))
    )
    await parts.library.put(replace(entry, version=5, title="Another title"))
    assert await parts.library.get(entry.quiz_id) == replace(entry, version=5)


async def test_library_lists_its_owners_quizzes_the_latest_first(parts: Parts, session_id: str) -> None:
    """Whole, and nobody else's."""
    entries = [_entry(session_id, published_at_ms=moment) for moment in (2_000, 3_000, 1_000)]
    for entry in (*entries, _entry(f"{session_id}-2")):
        await parts.library.put(entry)
    listed = await parts.library.of_owner(session_id, after=None, limit=10)
    assert list(listed) == [entries[1], entries[0], entries[2]]
    assert await parts.library.count(session_id) == 3
    assert list(await parts.library.of_owner("nobody", after=None, limit=10)) == []


async def test_library_is_paged_without_telling_one_twice(parts: Parts, session_id: str) -> None:
    """Also where many were published at the same moment, and others come meanwhile."""
    entries = [_entry(session_id, published_at_ms=1_000 + number // 4) for number in range(10)]
    for entry in entries:
        await parts.library.put(entry)
    found: list[LibraryEntry] = []
    after: Place | None = None
    while page := await parts.library.of_owner(session_id, after=after, limit=3):
        await parts.library.put(_entry(session_id, published_at_ms=9_000))
        found += page
        after = Place(at_ms=page[-1].published_at_ms, id=page[-1].quiz_id)
    assert len(found) == 10
    assert {entry.quiz_id for entry in found} == {entry.quiz_id for entry in entries}


async def test_entry_hidden_is_not_listed_and_stays_hidden(parts: Parts, twin: Parts, session_id: str) -> None:
    """A publication repeated does not bring it back; it is still known by its id."""
    entry = _entry(session_id)
    await parts.library.put(entry)
    await parts.library.hide(entry.quiz_id)
    await twin.library.put(entry)
    assert list(await twin.library.of_owner(session_id, after=None, limit=10)) == []
    assert await twin.library.count(session_id) == 0
    assert await twin.library.get(entry.quiz_id) == replace(entry, hidden=True)


async def test_entry_unknown_cannot_be_hidden(parts: Parts) -> None:
    """Nothing happens."""
    await parts.library.hide("nothing")
    assert await parts.library.get("nothing") is None
