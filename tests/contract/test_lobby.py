"""The lobby: who joined, shown in ticks that one event leads."""

import asyncio

from tests.contract.parts import Parts


async def test_lobby_takes_players_once_newest_first(parts: Parts, session_id: str) -> None:
    """However often a join is redelivered."""
    for name in ("Ada", "Grace", "Ada", "Hedy", "Grace"):
        await parts.writer.lobby_add(session_id, f"id-of-{name}", name, event_id=f"event-{name}")
    players, nicknames = await parts.writer.lobby_take(session_id)
    assert (players, list(nicknames)) == (3, ["Hedy", "Grace", "Ada"])


async def test_lobby_that_nobody_joined_is_empty(parts: Parts, session_id: str) -> None:
    """Taking it is not an error."""
    players, nicknames = await parts.writer.lobby_take(session_id)
    assert (players, list(nicknames)) == (0, [])


async def test_lobby_counts_all_and_names_the_newest_fifty(parts: Parts, session_id: str) -> None:
    """A message stays small however many join."""
    for number in range(120):
        await parts.writer.lobby_add(session_id, f"player-{number}", f"Name {number}", event_id="event")
    players, nicknames = await parts.writer.lobby_take(session_id)
    assert players == 120
    assert list(nicknames) == [f"Name {number}" for number in range(119, 69, -1)]


async def test_lobby_tick_of_a_hundred_joins_at_once_has_one_leader(
    parts: Parts, twin: Parts, session_id: str
) -> None:
    """And it covers them all."""
    leads = await asyncio.gather(
        *(
            (parts, twin)[number % 2].writer.lobby_add(
                session_id, f"player-{number}", f"Name {number}", event_id=f"event-{number}"
            )
            for number in range(100)
        )
    )
    assert sum(leads) == 1
    players, _ = await parts.writer.lobby_take(session_id)
    assert players == 100


async def test_join_after_the_taking_elects_the_next_leader(parts: Parts, session_id: str) -> None:
    """What a taken lobby does not show is never left without somebody to show it."""
    assert await parts.writer.lobby_add(session_id, "ada", "Ada", event_id="event-1")
    players, _ = await parts.writer.lobby_take(session_id)
    assert await parts.writer.lobby_add(session_id, "grace", "Grace", event_id="event-2")
    await parts.writer.lobby_published(session_id, players)
    assert not await parts.writer.lobby_add(session_id, "hedy", "Hedy", event_id="event-3")


async def test_redelivery_of_a_shown_join_does_not_lead(parts: Parts, session_id: str) -> None:
    """The lobby in the feed has it."""
    await parts.writer.lobby_add(session_id, "ada", "Ada", event_id="event-1")
    players, _ = await parts.writer.lobby_take(session_id)
    await parts.writer.lobby_published(session_id, players)
    assert not await parts.writer.lobby_add(session_id, "ada", "Ada", event_id="event-1")


async def test_leader_of_the_lobby_that_died_leads_again_when_redelivered(parts: Parts, session_id: str) -> None:
    """Before the taking or after it."""
    assert await parts.writer.lobby_add(session_id, "ada", "Ada", event_id="event-1")
    assert not await parts.writer.lobby_add(session_id, "grace", "Grace", event_id="event-2")
    assert await parts.writer.lobby_add(session_id, "ada", "Ada", event_id="event-1")
    await parts.writer.lobby_take(session_id)
    assert await parts.writer.lobby_add(session_id, "ada", "Ada", event_id="event-1")


async def test_leader_of_the_lobby_that_died_for_good_is_replaced(parts: Parts, session_id: str) -> None:
    """By the next event that finds work, once the lock has run out."""
    assert await parts.writer.lobby_add(session_id, "ada", "Ada", event_id="event-1")

    async def is_replaced() -> bool:
        return await parts.writer.lobby_add(session_id, "grace", "Grace", event_id="event-2")

    assert not await is_replaced()
    await parts.eventually(is_replaced, within_ms=4_000)


async def test_lobby_restored_is_as_before_the_wipe(parts: Parts, session_id: str) -> None:
    """From the database's list, twice if two rebuild it; a later join comes on top."""
    names = [(f"player-{number}", f"Name {number}") for number in range(700)]
    for player_id, nickname in names[:5]:
        await parts.writer.lobby_add(session_id, player_id, nickname, event_id="event")
    await parts.wipe()
    await parts.writer.lobby_restore(session_id, names)
    await parts.writer.lobby_restore(session_id, names)
    assert await parts.writer.lobby_add(session_id, "late", "Late", event_id="event-late")
    players, nicknames = await parts.writer.lobby_take(session_id)
    assert players == 701
    assert list(nicknames)[:2] == ["Late", "Name 699"]


async def test_lobby_restored_from_nobody_is_empty(parts: Parts, session_id: str) -> None:
    """A session that nobody joined may be rebuilt too."""
    await parts.writer.lobby_restore(session_id, [])
    players, _ = await parts.writer.lobby_take(session_id)
    assert players == 0
