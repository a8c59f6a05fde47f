"""A player's own place: what is appended for one player to a message for all."""

import msgspec

from gateway.access.identity import Identity
from gateway.feed.places import Place
from shared.protocol import Me

_encoder = msgspec.json.Encoder()


def me_of(
    identity: Identity,
    place: Place | None,
    *,
    question: int,
    answered: int | None = None,
    opened: int | None = None,
) -> Me:
    """`question`: the one whose result the place holds. A scored answer was an accepted one."""
    if place is None:
        return Me(player_id=identity.player_id, nickname=identity.nickname, answered=answered, opened=opened)
    return Me(
        player_id=identity.player_id,
        nickname=identity.nickname,
        rank=place.rank,
        points=place.points,
        total_ms=place.total_ms,
        answered=question if place.answered else answered,
        question=None if place.gained is None else question,
        gained=place.gained,
        correct=place.correct,
        streak=place.streak,
        ahead=place.ahead,
        team=place.team,
        opened=opened,
    )


def encoded_me(identity: Identity, place: Place | None, *, question: int) -> bytes:
    return _encoder.encode(me_of(identity, place, question=question))
