"""An instance's life ends with its process, whoever still holds its output."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from knative.local.ports import free_ports
from knative.local.runner.instance import Instance

# Leaves a child in a session of its own that keeps standard output, and says which.
LEAVES_A_CHILD = """
import pathlib, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], start_new_session=True)
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
print("the last line", flush=True)
raise SystemExit(3)
"""


async def test_instance_whose_grandchild_holds_its_output_still_ends(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A runner that waited for it would never scale this function again."""
    note = tmp_path / "grandchild"
    [port] = free_ports(1)
    command = [sys.executable, "-c", LEAVES_A_CHILD, str(note)]
    instance = Instance(function="toy", command=command, environment={}, port=port)
    try:
        async with asyncio.timeout(30):
            assert await instance.run(lambda cold_start_ms: None) == 3
    finally:
        os.kill(int(note.read_text()), signal.SIGKILL)
    assert capfdbinary.readouterr().out.endswith(b" | the last line\n")
