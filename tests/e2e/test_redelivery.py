"""Golden events delivered three times, in any order, to the functions of a running system."""

import asyncio
import random
from collections import defaultdict

import pytest

from knative.local.play.event_log import EventLog
from shared.client.host import HostClient
from shared.client.http import Gateways, open_http
from shared.events import catalog
from tests.e2e.fixtures import WAIT_S, deliver, seed_story
from tests.e2e.system import System
from tests.events import golden
from tests.story import ADA, SESSION_ID

# Which function each golden event is for, by the topic it stands in.
TAKERS = {
    catalog.JOINS: ("join",),
    catalog.ANSWERS_SUBMITTED: ("submit",),
    catalog.ANSWERS_ACCEPTED: ("score",),
    catalog.SCORES: ("rank",),
    catalog.LEADERBOARDS: ("broadcast",),
    catalog.PLAYERS: ("broadcast",),
    catalog.SESSIONS: ("join", "submit", "score", "rank", "broadcast"),
    catalog.WAKES: ("score", "rank", "broadcast"),
}
DERIVED = (catalog.PLAYER_JOINED, catalog.ANSWER_ACCEPTED, catalog.SCORE_UPDATED)


@pytest.mark.parametrize("seed_number", [1, 2])
async def test_golden_events_three_times_shuffled_give_the_same_board_and_event_ids(
    system: System, seed_number: int
) -> None:
    """However often and in whatever order they come, what follows from them is the same."""
    await seed_story(system)
    deliveries = [(name, event) for event in golden.GOLDEN for name in TAKERS[event.type.topic]] * 3
    random.Random(seed_number).shuffle(deliveries)
    async with open_http() as http:
        async with asyncio.TaskGroup() as tasks:
            for function, event in deliveries:
                tasks.create_task(deliver(http, system.receiver(function), event))
        board = await HostClient(Gateways(http, system.addresses.gateway_urls)).leaderboard(SESSION_ID)

    entry = {"rank": 1, "player_id": ADA.id, "nickname": ADA.nickname, "points": 900, "total_ms": 4_000}
    assert [{name: shown[name] for name in entry} for shown in board["entries"]] == [entry]
    ids = defaultdict(set)
    topics = tuple({event_type.topic for event_type in DERIVED})
    kafka, security = system.addresses.kafka, system.addresses.kafka_security
    async with EventLog(kafka, session_id=SESSION_ID, topics=topics, security=security) as log:
        assert await log.read_to_end(timeout_s=WAIT_S)
        for event in log.events:
            ids[event.type.name].add(event.id)
    assert {event_type.name: ids[event_type.name] for event_type in DERIVED} == {
        catalog.PLAYER_JOINED.name: {golden.PLAYER_JOINED.id},
        catalog.ANSWER_ACCEPTED.name: {golden.ANSWER_ACCEPTED.id},
        catalog.SCORE_UPDATED.name: {golden.SCORE_UPDATED.id},
    }
