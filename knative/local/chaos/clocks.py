"""Wall clocks that are off: the gateways' by five minutes in either direction, the functions' and sources' too.

Each process is a real one whose wall clock shifted/sitecustomize.py sets off. That this took hold is checked by
what they show: gateways HTTP's Date, functions a line at their start. The servers' own clocks
cannot be shifted so: Redis's is the one clock, which shifts everything alike; Kafka's and MongoDB's date nothing
that a score depends on.
"""

import re
import time
from email.utils import parsedate_to_datetime
from pathlib import Path

from knative.local.chaos.fault import Fault
from knative.local.chaos.liar import LIAR
from knative.local.chaos.world import FUNCTIONS, World

OFF_S = 300.0
_TOLERANCE_S = 30.0
_SHIFTED = str(Path(__file__).parent / "shifted")


def environments() -> dict[str, dict[str, str]]:
    """Variables by part, for Arrangement."""
    offsets = {"gateway-0": OFF_S, "gateway-1": -OFF_S, "functions": -OFF_S, "runner": OFF_S}
    return {part: {"PYTHONPATH": _SHIFTED, "QUIZLINE_CLOCK_OFF_S": str(off_s)} for part, off_s in offsets.items()}


async def _check_shifts(world: World) -> list[str]:
    """Whether the clocks were off at all."""
    problems = []
    for url, expected_s in zip(world.addresses.gateway_urls, (OFF_S, -OFF_S), strict=True):
        async with world.http.get(f"{url}/healthz") as response:
            shown_s = parsedate_to_datetime(response.headers["date"]).timestamp()
        if abs(shown_s - time.time() - expected_s) > _TOLERANCE_S:
            problems.append(f"gateway {url}: expected its clock off by {expected_s:+g} s, got {shown_s:.0f}")
    return problems + unshifted((world.logs / "runner.log").read_text(errors="replace"))


def unshifted(runner_log: str) -> list[str]:
    """The functions of which no instance has said that its clock is off."""
    said = set(re.findall(rf"clock of (\w+) shows \d+, which is {-OFF_S:+g} s off", runner_log))
    missing = sorted({*FUNCTIONS} - said)
    return [f"{function}: expected its clock off by {-OFF_S:+g} s, got no word of it" for function in missing]


CLOCKS = Fault(
    name="clocks",
    done="gateways' clocks +5 and -5 min, functions' -5, sources' +5; a client that lies about time",
    holds="every answer's time is that of the one clock",
    shifts_clocks=True,
    checks=(_check_shifts,),
).along(LIAR)
