"""A session beside the one that is played: its tokens are good, and mean nothing to the other."""

import random
import secrets
import sys
from dataclasses import dataclass

from knative.local.chaos.world import World
from knative.local.play.bots import JOIN_DEADLINE_S
from shared.client.host import HostClient, OpenedSession
from shared.client.player import request_join


@dataclass(frozen=True, slots=True, kw_only=True)
class Strangers:
    """`author`, `host`, `player`: their tokens."""

    author: str
    player: str
    opened: OpenedSession

    @property
    def tokens(self) -> tuple[str, ...]:
        return self.author, self.player, self.opened.host_token


async def strangers(world: World) -> Strangers:
    """A guest host with a session in its lobby and one player."""
    host = HostClient(world.gateways())
    quiz = await host.create_quiz(world.plan.title, world.plan.questions)
    opened = await host.open_session(quiz)
    player = await request_join(
        world.gateways(),
        code=opened.code,
        nickname="Stranger",
        request_id=secrets.token_hex(16),
        deadline_s=JOIN_DEADLINE_S,
    )
    return Strangers(author=await host.token(), player=player.token, opened=opened)


def local_address(rng: random.Random) -> str:
    """Another address than the players' to come from: limits per address are the stranger's alone then.

    Linux has all of 127/8; elsewhere everybody comes from the same.
    """
    return f"127.0.{rng.randrange(1, 200)}.{rng.randrange(1, 200)}" if sys.platform == "linux" else "127.0.0.1"
