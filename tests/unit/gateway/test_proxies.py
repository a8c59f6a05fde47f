"""Limits count by the client's address, also behind proxies, and only those that are trusted say whose it is."""

from gateway.sessions.codes import MISSES_PER_MINUTE
from tests.unit.gateway.stage import Running, Stage

HERE = "127.0.0.1"


async def _guess(gateway: Running, number: int, *, forwarded_for: str | None) -> int:
    """The status of asking for a code that is nobody's."""
    headers = {} if forwarded_for is None else {"x-forwarded-for": forwarded_for}
    url = f"{gateway.url}/api/sessions/{number:06d}"
    async with gateway.http.get(url, headers=headers) as response:
        return response.status


async def _exhaust(gateway: Running, *, forwarded_for: str) -> None:
    """Guess until it is too often."""
    for number in range(MISSES_PER_MINUTE):
        assert await _guess(gateway, number, forwarded_for=forwarded_for) == 404
    assert await _guess(gateway, MISSES_PER_MINUTE, forwarded_for=forwarded_for) == 429


async def test_clients_of_a_trusted_proxy_are_limited_one_by_one(stage: Stage) -> None:
    """Who guesses codes is stopped; the others behind the same proxy are not."""
    gateway = await stage.start(trusted_proxies=(HERE,))
    await _exhaust(gateway, forwarded_for="198.51.100.7")
    assert await _guess(gateway, 0, forwarded_for="198.51.100.8") == 404


async def test_client_that_writes_the_header_itself_stays_who_it_is(stage: Stage) -> None:
    """Before the address that the proxy adds a client may have written what it likes."""
    gateway = await stage.start(trusted_proxies=("127.0.0.0/8",))
    await _exhaust(gateway, forwarded_for="198.51.100.7")
    assert await _guess(gateway, 0, forwarded_for="203.0.113.1, 198.51.100.7") == 429


async def test_header_of_somebody_who_is_no_proxy_is_not_believed(stage: Stage) -> None:
    """Else a limit would be a matter of the client's imagination."""
    gateway = await stage.start(trusted_proxies=("192.0.2.0/24",))
    await _exhaust(gateway, forwarded_for="198.51.100.7")
    assert await _guess(gateway, 0, forwarded_for="198.51.100.8") == 429


async def test_websocket_behind_a_trusted_proxy_has_its_clients_address(stage: Stage) -> None:
    """A hello with a code is a guess, too."""
    gateway = await stage.start(trusted_proxies=(HERE,))
    await _exhaust(gateway, forwarded_for="198.51.100.7")
    for address, code in (("198.51.100.7", "rate_limited"), ("198.51.100.8", "session_unknown")):
        client = await gateway.connect(**{"x-forwarded-for": address})
        await client.say(type="hello", code="QZ7K2M")
        assert (await client.hear())["code"] == code
