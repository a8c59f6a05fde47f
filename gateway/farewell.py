"""Sending everybody away: once, when this gateway stops; and as often as need be while it is cut off from Redis or
Kafka. Clients then say that they are reconnecting, and another gateway that is not cut off takes them. Kept here,
they would see a board that stands still, and nobody would take their answers.
"""

import asyncio
import random

import structlog

from gateway.connections.close_codes import CloseCode
from gateway.feed.hubs import Hubs
from gateway.readiness import Readiness

LOOK_EVERY_S = 1.0
CUT_OFF_WITHIN_S = 2.0
_STEPS = 20

logger = structlog.get_logger()


class Farewell:
    """Whoever is sent away is closed at a drawn moment, so that not all come back at once."""

    def __init__(self, *, hubs: Hubs, readiness: Readiness, look_every_s: float = LOOK_EVERY_S) -> None:
        self._hubs = hubs
        self._readiness = readiness
        self._look_every_s = look_every_s

    async def run(self) -> None:
        """Loop: look whether this gateway is cut off."""
        while True:
            parts = self._readiness.cut_off_from()
            if parts:
                await self.send_away(
                    CloseCode.TRY_AGAIN_LATER, f"{', '.join(parts)} away", within_s=CUT_OFF_WITHIN_S
                )
            await asyncio.sleep(self._look_every_s)

    async def send_away(self, code: CloseCode, reason: str, *, within_s: float) -> None:
        """Everybody who is here now."""
        connections = [connection for hub in self._hubs.all() for connection in hub.connections]
        if not connections:
            return
        logger.info("sending_away", connections=len(connections), code=code, reason=reason)
        random.shuffle(connections)
        for number, connection in enumerate(connections, start=1):
            connection.close(code, reason)
            if number % max(1, len(connections) // _STEPS) == 0:
                await asyncio.sleep(within_s / _STEPS)
