"""The web client as built from the present sources."""

import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).parents[2] / "gateway" / "web"


def build_client() -> None:
    """So that whoever runs pytest by itself tests the sources, too. Quick when dist/ is of these already."""
    done = subprocess.run([sys.executable, WEB / "build.py"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"expected the web client to build, got exit {done.returncode}: {done.stderr}")
