"""The company that carries a fault into a play: watches it as people do, strikes at the drawn moments, mends."""

import asyncio
import time
from collections import deque
from collections.abc import Sequence

from knative.local.chaos.fault import Act, Fault
from knative.local.chaos.moments import Moment, drawn, drawn_in_lobby
from knative.local.chaos.recovery import Absences
from knative.local.chaos.world import World
from knative.local.play.bots import Bot, Witness
from knative.local.play.display import Display, Scene
from knative.local.play.run import Performance
from shared.client.host import OpenedSession

LOOK_EVERY_S = 0.05
# A strike that waits for its part to come back, and everything else that is under way when the play is over.
STRUCK_WITHIN_S = 120.0


class Havoc:
    """Implements Company and Display: what is shown tells it when to strike."""

    def __init__(self, fault: Fault, world: World) -> None:
        self.absences = Absences()
        self._fault = fault
        self._world = world
        self._due = deque(_plan(fault, world))
        self._fallen: asyncio.Queue[Act] = asyncio.Queue()
        self._struck = 0
        self._strikes = len(self._due)
        self._all_struck = asyncio.Event()

    def witnesses(self) -> Sequence[Witness]:
        return self._world.guests

    async def attend(self, performance: Performance, opened: OpenedSession) -> None:
        self._world.opened = opened
        self._world.bots = performance.bots
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._look(performance.bots))
            tasks.create_task(self._strike())
            for act in self._fault.acts:
                tasks.create_task(act(self._world))

    async def depart(self) -> None:
        """Every strike has fallen and is over; then the mends."""
        try:
            async with asyncio.timeout(STRUCK_WITHIN_S):
                await self._all_struck.wait()
        except TimeoutError:
            self._world.found.append(
                f"expected {self._strikes} strikes, got {self._struck} and the end of the play"
            )
        for mend in self._fault.mends:
            await mend(self._world)

    def note(self, text: str) -> None:
        """A play's own remarks: its check says what matters."""

    def show(self, scene: Scene) -> None:
        self._world.turns.at(scene.question)
        while self._due and self._due[0][0].has_come(scene):
            self._fallen.put_nowait(self._due.popleft()[1])

    def __enter__(self) -> Display:
        return self

    def __exit__(self, *exception: object) -> None:
        return None

    async def _strike(self) -> None:
        """One after the other: a part that is away cannot be struck again."""
        while self._struck < self._strikes:
            act = await self._fallen.get()
            self._world.struck_s.append(time.monotonic())
            await act(self._world)
            self._struck += 1
        self._all_struck.set()

    async def _look(self, bots: Sequence[Bot]) -> None:
        while True:
            connected = (bot.client is not None and bot.client.is_connected for bot in bots)
            self.absences.observe(connected, now_s=time.monotonic())
            await asyncio.sleep(LOOK_EVERY_S)


def _plan(fault: Fault, world: World) -> list[tuple[Moment, Act]]:
    """Which blow falls when; the seed also shuffles which comes first."""
    questions = len(world.plan.questions)
    most = questions if fault.once_a_question else len(fault.strikes)
    strikes = world.rng.sample(fault.strikes, len(fault.strikes))[:most]
    moments = drawn(world.rng, strikes=len(strikes), questions=questions)
    lobby = drawn_in_lobby(world.rng, strikes=len(fault.lobby_strikes))
    return [*zip(lobby, fault.lobby_strikes, strict=True), *zip(moments, strikes, strict=True)]
