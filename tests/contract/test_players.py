"""Players: one per id, one per nickname and session."""

import asyncio
from dataclasses import replace

from shared.domain.player import Player
from shared.ports.players import Taken
from tests.contract.parts import Parts


def _player(session_id: str, name: str, *, joined_at_ms: int = 1_000) -> Player:
    return Player(
        id=f"id-of-{name}",
        session_id=session_id,
        nickname=name,
        joined_at_ms=joined_at_ms,
        request_id=f"request-of-{name}",
    )


async def test_player_added_is_found(parts: Parts, twin: Parts, session_id: str) -> None:
    """By whichever process."""
    ada = _player(session_id, "Ada")
    assert await parts.players.add(ada, seats=100) == ada
    assert await parts.players.get(session_id, ada.id) == ada
    assert await twin.players.get(session_id, ada.id) == ada


async def test_player_unknown_is_none(parts: Parts, session_id: str) -> None:
    """A player of one session is nobody in another."""
    ada = _player(session_id, "Ada")
    await parts.players.add(ada, seats=100)
    assert await parts.players.get(session_id, "nobody") is None
    assert await parts.players.get("elsewhere", ada.id) is None


async def test_players_asked_for_at_once_are_each_themselves(parts: Parts, twin: Parts, session_id: str) -> None:
    """A hundred of a hall, each twice, and among them somebody who is nobody."""
    players = [_player(session_id, f"Player {number}") for number in range(100)]
    added = await asyncio.gather(*(parts.players.add(player, seats=100) for player in players))
    ids = [player.id for player in players]
    asked = [*ids, "nobody", *ids]
    found = await asyncio.gather(*(twin.players.get(session_id, one) for one in asked))
    assert list(found) == [*added, None, *added]


async def test_player_found_after_a_miss(parts: Parts, twin: Parts, session_id: str) -> None:
    """A miss is not remembered."""
    ada = _player(session_id, "Ada")
    assert await parts.players.get(session_id, ada.id) is None
    await twin.players.add(ada, seats=100)
    assert await parts.players.get(session_id, ada.id) == ada


async def test_player_added_again_is_the_first_one(parts: Parts, twin: Parts, session_id: str) -> None:
    """A join that is redelivered, even with another time or name, gives the player that it made."""
    ada = _player(session_id, "Ada")
    await parts.players.add(ada, seats=100)
    assert await twin.players.add(replace(ada, joined_at_ms=9_000), seats=100) == ada
    assert await twin.players.add(replace(ada, nickname="Augusta"), seats=100) == ada
    assert list(await parts.players.all(session_id)) == [ada]


async def test_player_with_a_taken_nickname_is_refused(parts: Parts, session_id: str) -> None:
    """Case, spaces and width do not make another nickname."""
    await parts.players.add(_player(session_id, "Ada L"), seats=100)
    for nickname in ("Ada L", "ada l", "ADAL", "Ａda L"):
        assert (
            await parts.players.add(replace(_player(session_id, nickname), id="another"), seats=100)
            is Taken.NICKNAME
        )
    assert await parts.players.get(session_id, "another") is None


async def test_player_with_a_nickname_of_another_session_is_added(parts: Parts, session_id: str) -> None:
    """Nicknames are unique within a session only."""
    await parts.players.add(_player(session_id, "Ada"), seats=100)
    elsewhere = _player(f"{session_id}-2", "Ada")
    assert await parts.players.add(elsewhere, seats=100) == elsewhere


async def test_nickname_raced_by_fifty_goes_to_one(parts: Parts, twin: Parts, session_id: str) -> None:
    """Of fifty who want one name at once, through two processes, one gets it and the others none."""
    wishes = [replace(_player(session_id, "Ada"), id=f"player-{number}") for number in range(50)]
    outcomes = await asyncio.gather(
        *((parts, twin)[number % 2].players.add(wish, seats=100) for number, wish in enumerate(wishes))
    )
    assert [player for player in outcomes if isinstance(player, Player)] == list(
        await parts.players.all(session_id)
    )
    assert len(await parts.players.all(session_id)) == 1


async def test_join_repeated_fifty_times_at_once_makes_one_player(
    parts: Parts, twin: Parts, session_id: str
) -> None:
    """All get the same player."""
    ada = _player(session_id, "Ada")
    outcomes = await asyncio.gather(
        *((parts, twin)[number % 2].players.add(ada, seats=100) for number in range(50))
    )
    assert set(outcomes) == {ada}


async def test_players_are_listed_in_the_order_of_joining(parts: Parts, session_id: str) -> None:
    """By time of joining, not of storing; others' players are left out."""
    names = {"Grace": 3_000, "Ada": 1_000, "Hedy": 2_000}
    for name, joined_at_ms in names.items():
        await parts.players.add(_player(session_id, name, joined_at_ms=joined_at_ms), seats=100)
    await parts.players.add(_player(f"{session_id}-2", "Mary"), seats=100)
    assert [player.nickname for player in await parts.players.all(session_id)] == ["Ada", "Hedy", "Grace"]


async def test_players_counted_are_those_of_the_session(parts: Parts, session_id: str) -> None:
    """The count may lag behind by a moment, not for good."""
    assert await parts.players.count(session_id) == 0
    for name in ("Ada", "Grace", "Hedy"):
        await parts.players.add(_player(session_id, name), seats=100)

    async def is_three() -> bool:
        return await parts.players.count(session_id) == 3

    await parts.eventually(is_three)


async def test_players_are_paged_by_seat(parts: Parts, session_id: str) -> None:
    """Each page goes on where the one before ended; others' players are left out."""
    for number in range(5):
        await parts.players.add(_player(session_id, f"Player {number}"), seats=100)
    await parts.players.add(_player(f"{session_id}-2", "Mary"), seats=100)
    pages = [await parts.players.seated(session_id, after_seat=after, limit=2) for after in (-1, 1, 3, 4)]
    assert [[player.seat for player in page] for page in pages] == [[0, 1], [2, 3], [4], []]
