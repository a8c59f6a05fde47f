"""Wall clocks that are off: the gateways' by five minutes in either direction, the functions' and sources' too.

Each process is a real one whose wall clock shifted/sitecustomize.py sets off. That this took hold is checked by
what they stamp with it: HTTP's Date, and the time of each record that they put into Kafka. The servers' own clocks
cannot be shifted so: Redis's is the one clock, which shifts everything alike; Kafka's and MongoDB's date nothing
that a score depends on.
"""

import time
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer

from knative.local.chaos.fault import Fault
from knative.local.chaos.liar import LIAR
from knative.local.chaos.world import World
from knative.local.runner.consumers import stop_consumer
from shared.events.catalog import ANSWERS_ACCEPTED, LEADERBOARDS, SCORES

OFF_S = 300.0
_TOLERANCE_S = 30.0
_SHIFTED = str(Path(__file__).parent / "shifted")
_BY = {ANSWERS_ACCEPTED: "submit", SCORES: "score", LEADERBOARDS: "rank"}
_READ_WITHIN_MS = 2_000


def environments() -> dict[str, dict[str, str]]:
    """Variables by part, for Arrangement."""
    offsets = {"gateway-0": OFF_S, "gateway-1": -OFF_S, "functions": -OFF_S, "runner": OFF_S}
    return {part: {"PYTHONPATH": _SHIFTED, "QUIZLINE_CLOCK_OFF_S": str(off_s)} for part, off_s in offsets.items()}


async def _check_shifts(world: World) -> list[str]:
    """Whether the clocks were off at all."""
    problems = []
    for url, expected_s in zip(world.addresses.gateway_urls, (OFF_S, -OFF_S), strict=True):
        async with world.http.get(f"{url}/healthz") as response:
            shown_s = parsedate_to_datetime(response.headers["date"]).timestamp()
        problems += _off_problems(f"gateway {url}", shown_s - time.time(), expected_s)
    for topic, function in _BY.items():
        stamped_s = await _last_stamp_s(world, topic)
        problems += _off_problems(function, stamped_s - time.time(), -OFF_S)
    return problems


def _off_problems(who: str, off_s: float, expected_s: float) -> list[str]:
    if abs(off_s - expected_s) <= _TOLERANCE_S:
        return []
    return [f"{who}: expected its clock off by {expected_s:+g} s, got {off_s:+.0f} s: the row proves nothing"]


async def _last_stamp_s(world: World, topic: str) -> float:
    """When the session's newest record in the topic was made, by its maker's clock."""
    consumer: Any = AIOKafkaConsumer(
        topic,
        bootstrap_servers=world.addresses.kafka,
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    subject = world.session.session_id.encode()
    await consumer.start()
    try:
        stamps_ms = [0]
        while batches := await consumer.getmany(timeout_ms=_READ_WITHIN_MS):
            records = (record for batch in batches.values() for record in batch)
            stamps_ms += [one.timestamp for one in records if dict(one.headers).get("ce_subject") == subject]
        return max(stamps_ms) / 1_000
    finally:
        await stop_consumer(consumer)


CLOCKS = Fault(
    name="clocks",
    done="gateways' clocks +5 and -5 min, functions' -5, sources' +5; a client that lies about time",
    holds="every answer's time is that of the one clock",
    shifts_clocks=True,
    checks=(_check_shifts,),
).along(LIAR)
