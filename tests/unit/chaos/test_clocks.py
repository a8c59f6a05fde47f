"""That the clocks were off at all is proven, or the row would prove nothing."""

import os
import subprocess
import sys

from knative.local.chaos.clocks import environments, unshifted
from knative.local.chaos.world import FUNCTIONS


def _said(function: str) -> str:
    """What a process prints that starts as that function does."""
    program = "import time, datetime; print(time.time(), datetime.datetime.now(datetime.UTC).timestamp())"
    environment = {**os.environ, **environments()["functions"], "K_SERVICE": function}
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    first, second = map(float, ran.stdout.split())
    assert abs(first - second) < 1.0
    return ran.stderr


def test_functions_that_have_said_so_are_known_to_be_off() -> None:
    """A function of which no instance spoke is named."""
    log = "".join(_said(function) for function in ("join", "submit"))
    assert unshifted("") == unshifted("clock of join shows 1, which is +0 s off")
    assert len(unshifted("")) == len(FUNCTIONS)
    assert len(unshifted(log)) == len(FUNCTIONS) - 2
    assert not any("submit" in problem for problem in unshifted(log))
