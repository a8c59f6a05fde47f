"""From the code that somebody typed to the session: remembered a moment for a hall that joins at once, limited for
who guesses."""

import asyncio
import time
from collections import OrderedDict
from weakref import WeakValueDictionary

from shared.domain.errors import Refusal, RefusalCode
from shared.domain.identifiers import folded_code
from shared.domain.session import Phase
from shared.ports.sessions import Sessions

# A code belongs to its session until that has finished, so a found one may be remembered.
REMEMBERED_S = 10.0
MOST_REMEMBERED = 1_000
# 7 × 10⁸ codes: at this pace one address finds one of a hundred live sessions in two months.
MISSES_PER_MINUTE = 100
MOST_ADDRESSES = 10_000


class CodeLookup:
    """One for all requests of a gateway."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._found: OrderedDict[str, tuple[float, str]] = OrderedDict()
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._misses: OrderedDict[str, tuple[float, int]] = OrderedDict()

    async def session_id(self, typed: str, *, address: str) -> str:
        """The session's id. Raises Refusal (SESSION_UNKNOWN, RATE_LIMITED) or TransientFailure."""
        if self._missed(address) >= MISSES_PER_MINUTE:
            raise Refusal(RefusalCode.RATE_LIMITED, "too many unknown codes")
        code = folded_code(typed)
        lock = self._asking.setdefault(code, asyncio.Lock())
        async with lock:
            session_id = self._remembered(code) or await self._find(code)
        if session_id is None:
            self._note_miss(address)
            raise Refusal(RefusalCode.SESSION_UNKNOWN, "expected the code of a session")
        return session_id

    def _remembered(self, code: str) -> str | None:
        found_s, session_id = self._found.get(code, (float("-inf"), None))
        return session_id if time.monotonic() - found_s < REMEMBERED_S else None

    async def _find(self, code: str) -> str | None:
        session = await self._sessions.find(code)
        if session is None:
            return None
        if session.phase is not Phase.FINISHED:
            self._found[code] = (time.monotonic(), session.id)
            self._found.move_to_end(code)
            if len(self._found) > MOST_REMEMBERED:
                self._found.popitem(last=False)
        return session.id

    def _missed(self, address: str) -> int:
        since_s, misses = self._misses.get(address, (float("-inf"), 0))
        return misses if time.monotonic() - since_s < 60 else 0

    def _note_miss(self, address: str) -> None:
        misses = self._missed(address)
        since_s = self._misses[address][0] if misses else time.monotonic()
        self._misses[address] = (since_s, misses + 1)
        self._misses.move_to_end(address)
        if len(self._misses) > MOST_ADDRESSES:
            self._misses.popitem(last=False)
