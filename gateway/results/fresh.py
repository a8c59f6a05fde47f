"""Answers to a question that many ask at once: worked out once, and good for a moment."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

KEPT = 256
FRESH_FOR_S = 1.0

Value = TypeVar("Value")


@dataclass(slots=True)
class _Slot(Generic[Value]):
    working: asyncio.Lock = field(default_factory=asyncio.Lock)
    made_at_s: float = float("-inf")
    value: Value | None = None


class Fresh(Generic[Value]):
    """By key. Whoever asks while somebody works waits for that; one who goes away leaves the work to the next."""

    def __init__(self, *, fresh_for_s: float = FRESH_FOR_S, kept: int = KEPT) -> None:
        self._fresh_for_s = fresh_for_s
        self._kept = kept
        self._slots: OrderedDict[str, _Slot[Value]] = OrderedDict()

    async def get(self, key: str, make: Callable[[], Awaitable[Value]]) -> Value:
        """What `make` gave within the last moment, else what it gives now. Its failures are not kept."""
        slot = self._slots.setdefault(key, _Slot())
        self._slots.move_to_end(key)
        while len(self._slots) > self._kept:
            self._slots.popitem(last=False)
        async with slot.working:
            if slot.value is None or time.monotonic() - slot.made_at_s > self._fresh_for_s:
                slot.value = await make()
                slot.made_at_s = time.monotonic()
            return slot.value
