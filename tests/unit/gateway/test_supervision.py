"""Loops that are kept alive, and never silently."""

import asyncio

from gateway.supervision import Supervisor
from shared.domain.errors import TransientFailure
from tests.unit.gateway.stage import until


async def test_a_loop_that_crashes_is_started_again() -> None:
    """Whatever it raised: a passing fault or a bug."""
    runs = 0

    async def loop() -> None:
        nonlocal runs
        runs += 1
        if runs == 1:
            raise TransientFailure("away")
        if runs == 2:
            raise ValueError("a bug")

    supervisor = Supervisor()
    await supervisor.start("loop", loop)
    assert runs == 3


async def test_stop_ends_every_loop_and_waits_for_its_end() -> None:
    """Nothing outlives its owner."""
    running, ended = [], []

    async def loop() -> None:
        running.append(True)
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    supervisor = Supervisor()
    tasks = [supervisor.start(f"loop {number}", loop) for number in range(3)]
    await until(lambda: len(running) == 3)
    await supervisor.stop()
    assert all(task.done() for task in tasks)
    assert len(ended) == 3


async def test_a_loop_that_keeps_crashing_is_told_as_failing() -> None:
    """/readyz shows it once it persists."""

    async def loop() -> None:
        raise TransientFailure("away")

    supervisor = Supervisor(persists_after_s=0.2)
    supervisor.start("relay", loop)
    assert supervisor.failing() == []
    await until(lambda: supervisor.failing() == ["relay"])
    await supervisor.stop()
