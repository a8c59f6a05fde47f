"""`python -m gateway`: settings from the environment, real adapters, one server."""

import asyncio
import os
import sys
import time

import structlog
import uvloop

from gateway.app import Gateway, Options, Ports
from gateway.pages import Pages, PagesMissing, load_pages
from gateway.results.process import ResultsProcess
from gateway.server import GatewayServer
from shared.adapters.guest_hosts import GuestHosts, NoHosts
from shared.adapters.kafka import KafkaPublisher
from shared.adapters.mongo import MongoStores
from shared.adapters.redis import RedisStores
from shared.adapters.sessions import CachedSessions
from shared.config import GatewaySettings, SettingError, gateway_settings
from shared.domain.errors import TransientFailure
from shared.observability.logging import configure_logging

# How long the parts may take to come up after this process; then it gives up and is started again.
PARTS_WITHIN_S = 60.0
RETRY_EVERY_S = 0.5

logger = structlog.get_logger()


class PartsMissing(Exception):
    """What the gateway stands on did not come up; the message names it."""


async def serve(settings: GatewaySettings, *, pages: Pages, parts_within_s: float) -> None:
    """Until SIGTERM. Raises PartsMissing."""
    publisher = KafkaPublisher(
        settings.kafka_bootstrap, client_id=settings.gateway_id, security=settings.kafka_security
    )
    mongo = MongoStores(settings.mongodb_url, settings.mongodb_database)
    redis = RedisStores(settings.redis_url, epochs=mongo.epochs)
    try:
        await _until_up(redis, publisher, within_s=parts_within_s)
        gateway = Gateway(
            _ports(publisher, mongo, redis, guest_hosts=settings.guest_hosts),
            Options(
                gateway_id=settings.gateway_id,
                token_secret=settings.token_secret,
                allowed_origins=settings.allowed_origins,
                pages=pages,
            ),
        )
        server = GatewayServer(
            gateway, host=settings.host, port=settings.port, trusted_proxies=settings.trusted_proxies
        )
        logger.info("gateway_starting", gateway=settings.gateway_id, port=settings.port)
        await server.serve()
        logger.info("gateway_stopped", gateway=settings.gateway_id)
    finally:
        await publisher.stop()
        await redis.close()
        mongo.close()


def _ports(publisher: KafkaPublisher, mongo: MongoStores, redis: RedisStores, *, guest_hosts: str) -> Ports:
    return Ports(
        publisher=publisher,
        sessions=CachedSessions(mongo.sessions, redis.session_cache),
        quizzes=mongo.quizzes,
        library=mongo.library,
        drafts=mongo.drafts,
        images=mongo.images,
        identity_provider=NoHosts()
        if guest_hosts == "off"
        else GuestHosts(one_for_machine=guest_hosts == "machine"),
        players=mongo.players,
        answers=mongo.answers,
        openings=mongo.openings,
        scores=mongo.scores,
        results=ResultsProcess(),
        snapshots=mongo.snapshots,
        board=redis.board,
        feed=redis.feed,
        registry=redis.registry,
        deadlines=redis.deadlines,
        limits=redis.limits,
        clock=redis.clock,
        probes={"kafka": publisher.ping, "mongodb": mongo.ping, "redis": redis.ping},
    )


async def _until_up(redis: RedisStores, publisher: KafkaPublisher, *, within_s: float) -> None:
    """The clock and the producer must stand before the first request. Raises PartsMissing.

    No attempt is cut short, as each ends by itself: a producer cancelled while it connects leaves tasks behind.
    """
    give_up_s = time.monotonic() + within_s
    while True:
        try:
            await redis.start()
            await publisher.start()
            return
        except TransientFailure as failure:
            if time.monotonic() > give_up_s:
                raise PartsMissing(f"expected Redis and Kafka within {within_s:g} s, got {failure}") from failure
            logger.warning("part_not_up_yet", reason=str(failure))
        await asyncio.sleep(RETRY_EVERY_S)


def main(*, parts_within_s: float = PARTS_WITHIN_S) -> int:
    """The exit code: 2 for a wrong setting, 1 where the parts are missing."""
    try:
        settings = gateway_settings(os.environ)
        pages = load_pages()
    except (SettingError, PagesMissing) as error:
        print(f"gateway: {error}", file=sys.stderr)  # noqa: T201 - logging is not set up yet
        return 2
    configure_logging(service="gateway", level=settings.log_level)
    try:
        uvloop.run(serve(settings, pages=pages, parts_within_s=parts_within_s))
    except PartsMissing as missing:
        logger.error("gateway_gave_up", reason=str(missing))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
