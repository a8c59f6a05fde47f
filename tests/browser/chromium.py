"""Which Chromium the browser tests drive: one found on the machine, else Playwright's own, else Debian's.

`python -m tests.browser.chromium` prints its path, installing one if there is none.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMED = "QUIZLINE_BROWSER"
ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
INSTALL_TIMEOUT_S = 600

# Nothing but the pages under test may reach for the network; a container has little /dev/shm.
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowser(Exception):
    """None was found and none could be installed; the message says what was tried."""


def arguments() -> list[str]:
    """The command line of a headless browser here. Chromium refuses to sandbox for root."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*ARGUMENTS, "--no-sandbox"] if is_root else list(ARGUMENTS)


def chromium_path() -> str:
    """The path of a Chromium, installed if need be. Raises NoBrowser."""
    found = _found()
    if found is not None:
        return found
    problems = [_install_playwrights(), _install_debians()]
    found = _found()
    if found is None:
        tried = "; ".join(problem for problem in problems if problem)
        raise NoBrowser(f"expected a Chromium on this machine (or named by {NAMED}), found none. Tried: {tried}")
    return found


def _found() -> str | None:
    named = os.environ.get(NAMED)
    if named:
        return named
    on_path = next((path for path in map(shutil.which, ON_PATH) if path), None)
    if on_path is not None:
        return on_path
    if MAC.exists():
        return str(MAC)
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def _install_playwrights() -> str:
    """What went wrong, or nothing."""
    return _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _install_debians() -> str:
    if _found() is not None:
        return ""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return "apt-get (only on Debian, as root)"
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    problem = _run([apt, "update", "-q"], environment=environment)
    return problem or _run(
        [apt, "install", "-q", "-y", "--no-install-recommends", "chromium"], environment=environment
    )


def _run(command: list[str], *, environment: dict[str, str] | None = None) -> str:
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=INSTALL_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return f"{' '.join(command)}: no end within {INSTALL_TIMEOUT_S} s"
    if done.returncode == 0:
        return ""
    last_line = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
    return f"{' '.join(command)}: exit {done.returncode}: {last_line}"


if __name__ == "__main__":
    print(chromium_path())
