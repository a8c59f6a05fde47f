"""The Services of a source half: functions that run elsewhere and are reached over HTTP.

Owns where an event is posted, and under which name. Knows nothing of scaling: whoever serves the address does it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from knative.local.runner.deadletter import ERROR_DATA_BYTES
from knative.local.runner.delivery import Answer, Unreachable

_NAME = "{name}"


class TemplateError(Exception):
    """The address has no place for a function's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SinkTemplate:
    """Where Services are: `{name}` in `url` or `host` stands for a function's name.

    With `host`, every request carries it as its Host header: for an ingress at one fixed address that tells
    Services by name, where the names themselves do not resolve.
    """

    url: str
    host: str = ""

    def __post_init__(self) -> None:
        if _NAME not in self.url and _NAME not in self.host:
            raise TemplateError(f"expected {_NAME} in the sink's URL or host, got {self.url!r} and {self.host!r}")

    def url_of(self, function: str) -> str:
        return self.url.replace(_NAME, function)

    def headers_of(self, function: str) -> dict[str, str]:
        """What every request to it carries beside the event's own headers."""
        return {"host": self.host.replace(_NAME, function)} if self.host else {}

    def destination_of(self, function: str) -> str:
        """How a dead letter names it."""
        return f"http://{self.host.replace(_NAME, function)}" if self.host else self.url_of(function)


class RemoteService:
    """One function elsewhere. `in_flight`: requests that it has not answered."""

    def __init__(self, function: str, template: SinkTemplate, session: aiohttp.ClientSession) -> None:
        self.in_flight = 0
        self._url = template.url_of(function)
        self._headers = template.headers_of(function)
        self._session = session

    async def request(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """One request, which waits as long as the caller lets it. Raises Unreachable."""
        self.in_flight += 1
        try:
            async with self._session.post(
                self._url, data=body, headers={**headers, **self._headers}, allow_redirects=False
            ) as response:
                return Answer(response.status, await response.content.read(ERROR_DATA_BYTES))
        except (aiohttp.ClientError, OSError) as error:
            raise Unreachable(f"{self._url}: {type(error).__name__}: {error}") from error
        finally:
            self.in_flight -= 1
