"""Tokens that are forged, expired, of another session or of another role: refused, whoever shows them."""

import asyncio
import base64
import json
from collections.abc import Iterator
from typing import Any

import aiohttp

from knative.local.chaos.fault import Fault
from knative.local.chaos.guests import joined
from knative.local.chaos.world import World
from shared.client.host import HostClient

_CLOSED_FOR_IT = 4001
_REFUSED = {401, 403}
_NOT_NOW = {429, 503, None}
_EVERY_S = 1.0


def forged(player: str, host: str) -> Iterator[tuple[str, str]]:
    """Made of good tokens, by somebody without the secret."""
    header, claims, signature = player.split(".")
    yield "a token of noise", "noise"
    yield "an empty signature", f"{header}.{claims}."
    yield "another's signature", f"{header}.{claims}.{host.split('.')[2]}"
    yield "claims of a host", f"{header}.{_part({**_claims(player), 'role': 'host', 'sub': 'host'})}.{signature}"
    yield "claims of another player", f"{header}.{_part({**_claims(player), 'sub': 'somebody'})}.{signature}"
    yield "no algorithm", f"{_part({'alg': 'none', 'typ': 'JWT'})}.{claims}."


async def _show_them(world: World) -> None:
    """Over and over, until cancelled."""
    player = (await joined(world, "Forger")).token
    stranger = await _strangers_token(world)
    refused = 0
    while True:
        for name, token in forged(player, world.session.host_token):
            code = await _hello(world, token)
            refused += code == _CLOSED_FOR_IT
            if code not in {_CLOSED_FOR_IT, None}:
                world.found.append(f"{name}: expected close code {_CLOSED_FOR_IT}, got {code}")
        for name, token in (("a player", player), ("the host of another session", stranger)):
            status = await _command(world, token)
            refused += status in _REFUSED
            if status not in _REFUSED | _NOT_NOW:
                world.found.append(f"{name} gave a command: expected it refused, got status {status}")
        world.tallies["forged or replayed tokens refused"] = refused
        await asyncio.sleep(_EVERY_S)


async def _check(world: World) -> list[str]:
    shown = world.tallies.get("forged or replayed tokens refused", 0)
    return [] if shown else ["expected refused tokens, got none"]


async def _strangers_token(world: World) -> str:
    host = HostClient(world.gateways())
    quiz = await host.create_quiz(world.plan.title, world.plan.questions)
    return (await host.open_session(quiz)).host_token


async def _hello(world: World, token: str) -> int | None:
    """The close code; None when the gateway was away."""
    try:
        async with world.http.ws_connect(f"{world.addresses.gateway_urls[0]}/ws") as socket:
            await socket.send_str(json.dumps({"type": "hello", "token": token}))
            async with asyncio.timeout(10.0):
                async for _ in socket:
                    pass
            code = socket.close_code
    except (aiohttp.ClientError, OSError, TimeoutError):
        return None
    return None if code in {1006, 1012, 1013} else code


async def _command(world: World, token: str) -> int | None:
    url = f"{world.addresses.gateway_urls[0]}/api/sessions/{world.session.session_id}/commands"
    headers = {"authorization": f"Bearer {token}"}
    try:
        async with world.http.post(url, json={"command": "lock"}, headers=headers) as response:
            return response.status
    except (aiohttp.ClientError, OSError, TimeoutError):
        return None


def _claims(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return claims


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


FORGED = Fault(
    name="forged",
    done="forged tokens, a player's and another host's token for commands",
    holds="4001 or 401/403 each time",
    acts=(_show_them,),
    checks=(_check,),
)
