"""Calls to whichever gateway answers: the next one when one is away, with back-off, until a deadline."""

import asyncio
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import msgspec

from shared.client.backoff import backoff_s
from shared.client.errors import Refused, Unavailable, Unexpected

# A join waits for a function's cold start before it answers 202.
ATTEMPT_TIMEOUT_S = 15.0
PASSING = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: Any


def open_http() -> aiohttp.ClientSession:
    """A pool of connections for any number of clients of one event loop; close it after them."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=4.0),
        timeout=aiohttp.ClientTimeout(total=ATTEMPT_TIMEOUT_S, sock_connect=3.0),
    )


class Gateways:
    """The addresses of one system's gateways. `first` spreads many clients over them."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        urls: Sequence[str],
        *,
        first: int = 0,
        rng: random.Random | None = None,
    ) -> None:
        if not urls:
            raise ValueError("expected the URL of at least one gateway, got none")
        self.http = http
        self.rng = rng if rng is not None else random.Random()
        self._urls = [url.rstrip("/") for url in urls]
        self._present = first % len(urls)

    @property
    def url(self) -> str:
        """The gateway in use."""
        return self._urls[self._present]

    @property
    def socket_url(self) -> str:
        """Its WebSocket."""
        return f"{self.url}/ws".replace("http", "ws", 1)

    def turn(self) -> None:
        """Use the next gateway from now on."""
        self._present = (self._present + 1) % len(self._urls)

    async def call(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        token: str | None = None,
        deadline_s: float = 30.0,
    ) -> Reply:
        """Any reply below 400. Safe only for requests that may arrive twice: a lost reply is asked for again.

        Raises Refused for a refusal, Unavailable after `deadline_s` seconds of passing faults.
        """
        give_up_s = time.monotonic() + deadline_s
        for delay_s in backoff_s(self.rng):
            problem = ""
            try:
                reply = await self._attempt(method, path, body=body, token=token)
                if reply.status < 400:
                    return reply
                if reply.status not in PASSING:
                    raise _refusal(reply)
                problem = f"status {reply.status}"
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                problem = str(error) or type(error).__name__
            if time.monotonic() + delay_s > give_up_s:
                raise Unavailable(f"{method} {path}: no gateway answered for {deadline_s:g} s; last: {problem}")
            self.turn()
            await asyncio.sleep(delay_s)
        raise AssertionError("unreachable: back-off has no end")

    async def _attempt(self, method: str, path: str, *, body: object, token: str | None) -> Reply:
        headers: Mapping[str, str] = {} if token is None else {"authorization": f"Bearer {token}"}
        payload = None if body is None else msgspec.json.encode(body)
        if payload is not None:
            headers = {**headers, "content-type": "application/json"}
        async with self.http.request(method, self.url + path, data=payload, headers=headers) as response:
            content = await response.read()
            return Reply(response.status, _decoded(response.status, content))


def _decoded(status: int, content: bytes) -> Any:
    try:
        return msgspec.json.decode(content) if content else None
    except msgspec.DecodeError as error:
        if status >= 400:
            return None
        raise Unexpected(f"expected a JSON reply with status {status}: {error}") from error


class _Problem(msgspec.Struct):
    code: str
    message: str
    version: int | None = None


class _Refusal(msgspec.Struct):
    error: _Problem
    version: int | None = None


def _refusal(reply: Reply) -> Refused:
    try:
        refusal = msgspec.convert(reply.body, _Refusal)
    except msgspec.ValidationError:
        return Refused(f"http_{reply.status}", f"expected a body that says why, got status {reply.status} alone")
    problem = refusal.error
    version = problem.version if problem.version is not None else refusal.version
    return Refused(problem.code, problem.message, status=reply.status, version=version)
