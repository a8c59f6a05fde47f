"""This gateway's channel: what the broadcast function sends goes to the hubs and to those who wait for a join."""

import asyncio

import structlog

from gateway.feed.hubs import Hubs
from gateway.sessions.joins import Joins
from shared.ports.feed import FeedReader, JoinOutcome, Relayed

# A subscription does not say when it stands. What is sent until it does is lost, so the feeds are asked
# afterwards, and once more for a slow start.
CHECKS_AFTER_S = (0.2, 1.0)

logger = structlog.get_logger()


class Relay:
    """run() ends only by raising TransientFailure: start it again."""

    def __init__(self, *, gateway_id: str, feed: FeedReader, hubs: Hubs, joins: Joins) -> None:
        self._gateway_id = gateway_id
        self._feed = feed
        self._hubs = hubs
        self._joins = joins

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        checks = [loop.call_later(delay_s, self._hubs.check_all) for delay_s in CHECKS_AFTER_S]
        try:
            async for message in self._feed.relayed(self._gateway_id):
                self._pass_on(message)
        finally:
            for check in checks:
                check.cancel()

    def _pass_on(self, message: Relayed) -> None:
        if isinstance(message, JoinOutcome):
            self._joins.resolve(message.request_id, message.body)
        else:
            self._hubs.deliver(message)
