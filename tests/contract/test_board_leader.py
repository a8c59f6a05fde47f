"""Who publishes a tick: one leader at a time, never nobody, whatever dies."""

import asyncio

from shared.domain.ranking import edition_of
from shared.ports.board import Shown
from tests.contract.parts import Parts
from tests.contract.results import result

ALL = Shown(removed=0, held=False)


def _edition(version: int) -> int:
    return edition_of(version, removed=0, held=False)


async def _standing(parts: Parts, session_id: str) -> None:
    """A board that stands and whose state is published."""
    assert await parts.board.rebuild(session_id, [])
    await parts.board.mark_published(session_id, _edition(0))


async def test_tick_of_a_hundred_results_at_once_has_one_leader(
    parts: Parts, twin: Parts, session_id: str
) -> None:
    """The other ninety-nine are done when they are added."""
    await _standing(parts, session_id)
    applied = await asyncio.gather(
        *(
            (parts, twin)[number % 2].board.apply(
                session_id, result(f"player-{number}"), event_id=f"event-{number}"
            )
            for number in range(100)
        )
    )
    assert sum(one.leads for one in applied) == 1
    assert all(one.ready for one in applied)


async def test_result_after_the_taking_elects_the_next_leader(parts: Parts, session_id: str) -> None:
    """What a taken board does not cover is never left without somebody to publish it."""
    await _standing(parts, session_id)
    assert (await parts.board.apply(session_id, result("ada"), event_id="event-1")).leads
    taken = await parts.board.take(session_id)
    assert taken is not None
    assert (await parts.board.apply(session_id, result("grace"), event_id="event-2")).leads
    await parts.board.mark_published(session_id, _edition(taken.board.version))
    assert not (await parts.board.apply(session_id, result("hedy"), event_id="event-3")).leads


async def test_redelivery_of_what_is_published_does_not_lead(parts: Parts, session_id: str) -> None:
    """Neither the leader's nor a follower's: their results are on a published board."""
    await _standing(parts, session_id)
    await parts.board.apply(session_id, result("ada"), event_id="event-1")
    await parts.board.apply(session_id, result("grace"), event_id="event-2")
    taken = await parts.board.take(session_id)
    assert taken is not None
    await parts.board.mark_published(session_id, _edition(taken.board.version))
    assert not (await parts.board.apply(session_id, result("ada"), event_id="event-1")).leads
    assert not (await parts.board.apply(session_id, result("grace"), event_id="event-2")).leads


async def test_leader_that_died_before_the_taking_leads_again_when_redelivered(
    parts: Parts, session_id: str
) -> None:
    """Its lock is its own."""
    await _standing(parts, session_id)
    assert (await parts.board.apply(session_id, result("ada"), event_id="event-1")).leads
    assert not (await parts.board.apply(session_id, result("grace"), event_id="event-2")).leads
    assert (await parts.board.apply(session_id, result("ada"), event_id="event-1")).leads


async def test_leader_that_died_after_the_taking_leads_again_when_redelivered(
    parts: Parts, session_id: str
) -> None:
    """Taken but not published is unpublished."""
    await _standing(parts, session_id)
    await parts.board.apply(session_id, result("ada"), event_id="event-1")
    await parts.board.take(session_id)
    assert (await parts.board.apply(session_id, result("ada"), event_id="event-1")).leads


async def test_leader_that_died_for_good_is_replaced_by_another_event(parts: Parts, session_id: str) -> None:
    """Its lock runs out; the next event that finds work, even a redelivered one, leads."""
    await _standing(parts, session_id)
    assert (await parts.board.apply(session_id, result("ada"), event_id="event-1")).leads

    async def is_replaced() -> bool:
        return (await parts.board.apply(session_id, result("grace"), event_id="event-2")).leads

    assert not await is_replaced()
    await parts.eventually(is_replaced, within_ms=4_000)


async def test_published_version_never_falls(parts: Parts, session_id: str) -> None:
    """A leader that was overtaken marks its older board late: that changes nothing."""
    await _standing(parts, session_id)
    await parts.board.apply(session_id, result("ada"), event_id="event-1")
    await parts.board.apply(session_id, result("grace"), event_id="event-2")
    await parts.board.take(session_id)
    await parts.board.mark_published(session_id, _edition(2))
    await parts.board.mark_published(session_id, _edition(1))
    assert not (await parts.board.apply(session_id, result("grace"), event_id="event-2")).leads


async def test_claim_leads_only_where_something_is_unpublished(parts: Parts, session_id: str) -> None:
    """An event without a result of its own publishes what nobody else did."""
    await _standing(parts, session_id)
    assert not (await parts.board.claim(session_id, event_id="event-1", shown=ALL)).leads
    await parts.board.apply(session_id, result("ada"), event_id="event-2")
    assert not (await parts.board.claim(session_id, event_id="event-1", shown=ALL)).leads
    await parts.board.take(session_id)
    assert (await parts.board.claim(session_id, event_id="event-1", shown=ALL)).leads


async def test_claim_after_a_rebuild_leads_even_without_results(parts: Parts, session_id: str) -> None:
    """A rebuilt board is shown anew: the feed that showed the old one went with it."""
    await _standing(parts, session_id)
    await parts.wipe()
    assert await parts.board.rebuild(session_id, [])
    assert (await parts.board.claim(session_id, event_id="event-1", shown=ALL)).leads


async def test_marking_a_wiped_board_does_not_mark_the_rebuilt_one(parts: Parts, session_id: str) -> None:
    """A leader from before the wipe comes late: the rebuilt board is still to be published."""
    await _standing(parts, session_id)
    await parts.board.apply(session_id, result("ada"), event_id="event-1")
    await parts.wipe()
    await parts.board.mark_published(session_id, _edition(1))
    assert await parts.board.rebuild(session_id, [result("ada")])
    assert (await parts.board.claim(session_id, event_id="event-2", shown=ALL)).leads


async def test_board_taken_is_that_of_the_last_question_whatever_result_came_last(
    parts: Parts, session_id: str
) -> None:
    """A late redelivery must not show everybody the results of a question that is long over; and boards of the
    same answers are told alike, so that an event emitted again is the same event."""
    await _standing(parts, session_id)
    await parts.board.apply(session_id, result("ada", question=3), event_id="event-1")
    await parts.board.apply(session_id, result("ada", question=1), event_id="event-2")
    taken = await parts.board.take(session_id)
    assert taken is not None
    assert (taken.question, list(taken.results)) == (3, ["ada"])
    await parts.wipe()
    assert await parts.board.rebuild(session_id, [result("ada", question=1), result("ada", question=3)])
    assert await parts.board.take(session_id) == taken


async def test_board_held_back_is_published_in_full_at_the_close(parts: Parts, session_id: str) -> None:
    """The same answers, shown to more: a claim finds work, once."""
    await _standing(parts, session_id)
    await parts.board.apply(session_id, result("ada"), event_id="event-1")
    assert await parts.board.take(session_id) is not None
    await parts.board.mark_published(session_id, edition_of(1, removed=0, held=True))
    held = Shown(removed=0, held=True)
    assert not (await parts.board.claim(session_id, event_id="event-2", shown=held)).leads
    assert (await parts.board.claim(session_id, event_id="event-3", shown=ALL)).leads
    await parts.board.mark_published(session_id, _edition(1))
    await parts.board.take(session_id)
    assert not (await parts.board.claim(session_id, event_id="event-4", shown=ALL)).leads


async def test_board_without_a_removed_player_is_published_anew(parts: Parts, session_id: str) -> None:
    """A player put out after the last answer still has to go from everybody's screen."""
    await _standing(parts, session_id)
    await parts.board.apply(session_id, result("ada"), event_id="event-1")
    await parts.board.take(session_id)
    await parts.board.mark_published(session_id, _edition(1))
    one_removed = Shown(removed=1, held=False)
    assert (await parts.board.claim(session_id, event_id="event-2", shown=one_removed)).leads
