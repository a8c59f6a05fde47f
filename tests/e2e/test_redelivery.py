"""Golden events delivered three times, in any order, to the functions of a running system."""

import asyncio
import random
from collections import defaultdict
from dataclasses import dataclass

import aiohttp
import pytest

from knative.local.play.event_log import EventLog
from shared.adapters.mongo import MongoStores
from shared.adapters.redis import RedisStores
from shared.adapters.sessions import CachedSessions
from shared.client.host import HostClient
from shared.client.http import Gateways, open_http
from shared.events import catalog
from shared.events.codec import STRUCTURED_CONTENT_TYPE, to_json
from shared.events.event import Event
from shared.ports.players import Players
from shared.ports.quizzes import Quizzes
from shared.ports.sessions import Sessions
from tests.e2e.running_system import RunningSystem
from tests.events import golden
from tests.story import ADA, SESSION_ID, seed

# Which function each golden event is for, by the topic it stands in.
TAKERS = {
    catalog.JOINS: ("join",),
    catalog.ANSWERS_SUBMITTED: ("submit",),
    catalog.ANSWERS_ACCEPTED: ("score",),
    catalog.SCORES: ("rank",),
    catalog.LEADERBOARDS: ("broadcast",),
    catalog.PLAYERS: ("broadcast",),
    catalog.SESSIONS: ("join", "submit", "score", "rank", "broadcast"),
}
DERIVED = (catalog.PLAYER_JOINED, catalog.ANSWER_ACCEPTED, catalog.SCORE_UPDATED)
WAIT_S = 30.0


@dataclass(frozen=True, slots=True)
class StoryPorts:
    sessions: Sessions
    quizzes: Quizzes
    players: Players


async def seed_story(system: RunningSystem) -> None:
    mongo = MongoStores(system.state.mongodb, "quizline")
    redis = RedisStores(system.state.redis, epochs=mongo.epochs)
    try:
        await seed(StoryPorts(CachedSessions(mongo.sessions, redis.session_cache), mongo.quizzes, mongo.players))
    finally:
        await redis.close()
        mongo.close()


async def deliver(http: aiohttp.ClientSession, runner_url: str, function: str, event: Event) -> None:
    """As a source does: again while the function answers 503."""
    async with asyncio.timeout(WAIT_S):
        while True:
            async with http.post(
                f"{runner_url}/functions/{function}",
                data=to_json(event),
                headers={"content-type": STRUCTURED_CONTENT_TYPE},
            ) as response:
                if response.status != 503:
                    assert response.status == 200, await response.text()
                    return


@pytest.mark.parametrize("seed_number", [1, 2])
async def test_golden_events_three_times_shuffled_give_the_same_board_and_event_ids(
    running_system: RunningSystem, seed_number: int
) -> None:
    """However often and in whatever order they come, what follows from them is the same."""
    await seed_story(running_system)
    deliveries = [(name, event) for event in golden.GOLDEN for name in TAKERS[event.type.topic]] * 3
    random.Random(seed_number).shuffle(deliveries)
    state = running_system.state
    async with open_http() as http:
        async with asyncio.TaskGroup() as tasks:
            for function, event in deliveries:
                tasks.create_task(deliver(http, state.runner_url, function, event))
        board = await HostClient(Gateways(http, state.gateway_urls)).leaderboard(SESSION_ID)

    entry = {"rank": 1, "player_id": ADA.id, "nickname": ADA.nickname, "points": 900, "total_ms": 4_000}
    assert board["entries"] == [entry]
    ids = defaultdict(set)
    topics = tuple({event_type.topic for event_type in DERIVED})
    async with EventLog(state.kafka, session_id=SESSION_ID, topics=topics) as log:
        assert await log.read_to_end(timeout_s=WAIT_S)
        for event in log.events:
            ids[event.type.name].add(event.id)
    assert {event_type.name: ids[event_type.name] for event_type in DERIVED} == {
        catalog.PLAYER_JOINED.name: {golden.PLAYER_JOINED.id},
        catalog.ANSWER_ACCEPTED.name: {golden.ANSWER_ACCEPTED.id},
        catalog.SCORE_UPDATED.name: {golden.SCORE_UPDATED.id},
    }
