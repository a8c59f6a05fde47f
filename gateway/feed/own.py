"""A player's own place: what is appended for one player to a message for all."""

import msgspec

from gateway.access.identity import Identity
from shared.ports.board import OwnStanding
from shared.protocol import Me

_encoder = msgspec.json.Encoder()


def me_of(identity: Identity, standing: OwnStanding | None, *, question: int, answered: int | None = None) -> Me:
    """`question`: the one whose result the standing holds. A scored answer was an accepted one."""
    if standing is None:
        return Me(player_id=identity.player_id, nickname=identity.nickname, answered=answered)
    is_scored = standing.gained is not None
    return Me(
        player_id=identity.player_id,
        nickname=identity.nickname,
        rank=standing.rank,
        points=standing.points,
        total_ms=standing.total_ms,
        answered=question if is_scored else answered,
        question=question if is_scored else None,
        gained=standing.gained,
        correct=standing.correct,
    )


def encoded_me(identity: Identity, standing: OwnStanding | None, *, question: int) -> bytes:
    return _encoder.encode(me_of(identity, standing, question=question))
