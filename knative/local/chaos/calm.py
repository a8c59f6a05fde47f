"""Whether enemies disturb the others: they come and go within one play, and the waits for the board with and
without them are compared. Two plays would differ by more than enemies do: the bots' luck, another load.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knative.local.play.bots import Evidence
from knative.local.play.report import percentile
from knative.local.play.verify import board_delays_ms

# RELIABILITY's limit for what the others may notice.
MOST_RATIO = 1.2
_TURNS = 4


class Turns:
    """Enemies are at work in the lobby, and in every second quarter of the questions; the first is calm."""

    def __init__(self, questions: int) -> None:
        self._length = max(1, questions // _TURNS)
        self._noisy = asyncio.Event()
        self._calm = asyncio.Event()
        self.at(-1)

    def is_noisy(self, question: int) -> bool:
        """-1 is the lobby."""
        return question // self._length % 2 == 1

    def at(self, question: int) -> None:
        """This question is asked now."""
        now, over = (self._noisy, self._calm) if self.is_noisy(question) else (self._calm, self._noisy)
        now.set()
        over.clear()

    async def noise(self) -> None:
        """Wait until enemies may begin."""
        await self._noisy.wait()

    async def calm(self) -> None:
        """Wait until they must be gone."""
        await self._calm.wait()


@dataclass(frozen=True, slots=True)
class Noticed:
    """99th percentiles of the waits for a board, in milliseconds."""

    calm_ms: float
    noisy_ms: float

    @property
    def ratio(self) -> float:
        return self.noisy_ms / self.calm_ms


def noticed(bots: Sequence[Evidence], turns: Turns) -> Noticed | None:
    """None where there are no answers to compare. The first question does not count: functions start at it."""
    calm_ms, noisy_ms = [_p99_ms(bots, turns, noisy=noisy) for noisy in (False, True)]
    return None if calm_ms is None or noisy_ms is None else Noticed(calm_ms, noisy_ms)


def _p99_ms(bots: Sequence[Evidence], turns: Turns, *, noisy: bool) -> float | None:
    chosen = [
        replace(bot, answers=tuple(one for one in bot.answers if _counts(one.question, turns, noisy=noisy)))
        for bot in bots
    ]
    return percentile(board_delays_ms(chosen), 99)


def _counts(question: int, turns: Turns, *, noisy: bool) -> bool:
    return question > 0 and turns.is_noisy(question) is noisy
