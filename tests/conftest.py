"""Fixtures that every kind of test may use."""

from collections.abc import Iterator

import pytest

from tests.servers import Servers


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Real Kafka, MongoDB's wire and Redis's wire, started once for the whole run, in a home of their own."""
    started = Servers(tmp_path_factory.mktemp("servers"))
    yield started
    started.close()
