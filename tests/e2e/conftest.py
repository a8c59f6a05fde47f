"""One running system for all end-to-end tests."""

from collections.abc import Iterator

import pytest

from tests.e2e.running_system import RunningSystem


@pytest.fixture(scope="session")
def running_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSystem]:
    """Everything up, with two gateways, until the last test is done."""
    system = RunningSystem(tmp_path_factory.mktemp("system"))
    yield system
    system.close()
