"""kill -9 of what the functions stand on, in the middle of a play. Only where these are this test's: locally."""

import pytest

from tests.e2e.local_system import LocalTarget
from tests.e2e.running_system import RunningSystem
from tests.e2e.saboteur import answering
from tests.e2e.test_faults import survives

PARTS = ("gateway-1", "runner", "kafka", "redis", "mongodb")


@pytest.mark.parametrize("part", PARTS)
async def test_play_part_killed_loses_nothing(running_system: RunningSystem, part: str) -> None:
    """The part comes back at its address; clients reconnect, sources retry, unacknowledged answers go again."""

    async def kill() -> None:
        running_system.kill(part)

    await survives(LocalTarget(running_system), kill, moment=answering(1))
