"""One suite, two targets: QUIZLINE_E2E_TARGET is `local`, the default, or `cluster`."""

import asyncio
import os
from collections.abc import Callable

import pytest

from tests.e2e.system import System

TARGET = os.environ.get("QUIZLINE_E2E_TARGET", "local")
# A cluster's servers and sources are not these tests' to kill, nor its processes and logs here to be looked at.
collect_ignore = (
    []
    if TARGET == "local"
    else ["test_server_faults.py", "test_chaos.py", "test_fuzz.py", "test_leaks.py", "test_secrecy.py"]
)

_SEEN = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def system(request: pytest.FixtureRequest) -> System:
    """The target, up."""
    if TARGET == "cluster":
        from tests.e2e.cluster_system import ClusterSystem, cluster_addresses

        return ClusterSystem(asyncio.run(cluster_addresses(os.environ)))
    assert TARGET == "local", f"QUIZLINE_E2E_TARGET: expected local or cluster, got {TARGET!r}"
    from tests.e2e.local_system import LocalTarget

    return LocalTarget(request.getfixturevalue("running_system"))


@pytest.fixture
def seen(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """A line about what was measured, shown at the end of the run."""
    return request.config.stash.setdefault(_SEEN, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    lines = config.stash.get(_SEEN, [])
    if lines:
        terminalreporter.section(f"seen on the {TARGET} target")
    for line in lines:
        terminalreporter.write_line(line)
