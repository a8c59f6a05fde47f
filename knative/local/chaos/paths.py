"""Every operation of a gateway's API, as it describes itself, with anything in the place of its parameters."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp

from knative.local.chaos.noise import any_value


@dataclass(frozen=True, slots=True)
class Target:
    method: str
    template: str


async def targets(http: aiohttp.ClientSession, url: str) -> list[Target]:
    """From /openapi.json."""
    async with http.get(f"{url}/openapi.json") as response:
        described: dict[str, Any] = await response.json()
    return [
        Target(method.upper(), template)
        for template, operations in described["paths"].items()
        for method in operations
    ]


def filled(template: str, rng: random.Random, *, known: Sequence[str]) -> str:
    """With one of the `known` ids for each parameter, or what nobody would take for one."""

    def value(_: re.Match[str]) -> str:
        one = rng.choice([*known, str(any_value(rng))[:200]])
        return quote(one, safe="", errors="replace") or "%00"

    path = re.sub(r"\{[^}]*\}", value, template)
    return path if rng.random() < 0.8 else f"{path}?limit={quote(str(any_value(rng))[:200], errors='replace')}"
