"""Fixtures that every kind of test may use."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.servers import Servers

if TYPE_CHECKING:
    from tests.e2e.running_system import RunningSystem


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Real Kafka, MongoDB's wire and Redis's wire, started once for the whole run, in a home of their own."""
    started = Servers(tmp_path_factory.mktemp("servers"))
    yield started
    started.close()


@pytest.fixture(scope="session")
def running_system(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[RunningSystem]":
    """Everything up, with two gateways, for the end-to-end tests and the browser's, until the last one is done."""
    from tests.e2e.running_system import RunningSystem

    system = RunningSystem(tmp_path_factory.mktemp("system"))
    yield system
    system.close()
