"""The one place where an outcome becomes a status code."""

from collections.abc import Callable

import pytest
from cloudevents.http import from_json
from starlette.exceptions import HTTPException

from functions.entrypoint import Entrypoint, Handler
from shared.config import FunctionSettings, SettingError
from shared.domain.errors import MalformedEvent, Refusal, RefusalCode, TransientFailure
from shared.events.codec import to_json
from shared.events.event import Event
from tests.events.golden import ANSWER_ACCEPTED

VARIABLES = ("QUIZLINE_KAFKA_BOOTSTRAP", "QUIZLINE_MONGODB_URL", "QUIZLINE_REDIS_URL")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that name no server: nothing may connect."""
    for name in VARIABLES:
        monkeypatch.setenv(name, "nowhere:1")


class Recorded:
    """A handler that keeps what it was given, and fails as told."""

    def __init__(self, error: Exception | None = None) -> None:
        self.events: list[Event] = []
        self._error = error

    async def handle(self, event: Event) -> None:
        self.events.append(event)
        if self._error is not None:
            raise self._error


def _entrypoint(build: Callable[[], Handler]) -> Entrypoint:
    async def built(_settings: FunctionSettings) -> Handler:
        return build()

    return Entrypoint("score", built)


async def test_event_handled_returns() -> None:
    """The framework then says 200; the handler got the event whole."""
    handler = Recorded()
    await _entrypoint(lambda: handler)(from_json(to_json(ANSWER_ACCEPTED)))
    assert handler.events == [ANSWER_ACCEPTED]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (MalformedEvent("expected a known session, got none"), 422),
        (TransientFailure("MongoDB: away"), 503),
        (Refusal(RefusalCode.PLAYER_UNKNOWN, "a refusal that a handler let out is a bug"), 500),
        (KeyError("a bug"), 500),
    ],
)
async def test_failure_becomes_the_status_that_tells_the_source_what_to_do(error: Exception, status: int) -> None:
    """422: never again. 503 and 500: again, later."""
    with pytest.raises(HTTPException) as raised:
        await _entrypoint(lambda: Recorded(error))(from_json(to_json(ANSWER_ACCEPTED)))
    assert raised.value.status_code == status


async def test_bug_does_not_show_its_message_to_the_caller() -> None:
    """It may quote an answer."""
    with pytest.raises(HTTPException) as raised:
        await _entrypoint(lambda: Recorded(KeyError("Jupiter")))(from_json(to_json(ANSWER_ACCEPTED)))
    assert "Jupiter" not in raised.value.detail


async def test_event_that_cannot_be_decoded_is_422_and_does_not_reach_the_handler() -> None:
    """Nothing is connected for it either."""
    event = from_json(to_json(ANSWER_ACCEPTED))
    event.data = b"{"
    handler = Recorded()
    with pytest.raises(HTTPException) as raised:
        await _entrypoint(lambda: handler)(event)
    assert raised.value.status_code == 422
    assert handler.events == []


async def test_handler_that_could_not_be_built_is_built_by_the_next_event() -> None:
    """A store that is away at the first event is a passing fault, not the end of the process."""
    handler = Recorded()
    builds = iter([TransientFailure("Kafka: away"), None])

    def build() -> Handler:
        error = next(builds)
        if error is not None:
            raise error
        return handler

    entrypoint = _entrypoint(build)
    with pytest.raises(HTTPException) as raised:
        await entrypoint(from_json(to_json(ANSWER_ACCEPTED)))
    assert raised.value.status_code == 503
    for _ in range(2):
        await entrypoint(from_json(to_json(ANSWER_ACCEPTED)))
    assert handler.events == [ANSWER_ACCEPTED, ANSWER_ACCEPTED]


@pytest.mark.parametrize("name", VARIABLES)
def test_missing_setting_stops_the_start_and_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not at the first event, when players wait."""
    monkeypatch.delenv(name)
    with pytest.raises(SettingError, match=name):
        _entrypoint(Recorded)
