"""docker/compose.yaml gives the same servers as the embedded ones."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from knative.local.home import CHECKOUT
from knative.local.servers.jars import KAFKA
from knative.local.servers.kafka import EmbeddedKafka

# Where it listens and keeps its data is each one's own.
PLACES = {"controller.quorum.voters", "listeners", "advertised.listeners", "log.dirs"}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    document = yaml.safe_load((CHECKOUT / "docker" / "compose.yaml").read_text())
    services: dict[str, Any] = document["services"]
    return services


def test_compose_has_the_three_servers_pinned_and_watched(services: dict[str, Any]) -> None:
    """An exact version each, and a probe that says when it serves."""
    assert set(services) == {"kafka", "mongodb", "redis"}
    for service in services.values():
        tag = service["image"].rpartition(":")[2]
        assert len(tag.split(".")) == 3, service["image"]
        assert all(part.isdecimal() for part in tag.split(".")), service["image"]
        assert service["healthcheck"]["test"]


def test_compose_publishes_on_this_machine_only(services: dict[str, Any]) -> None:
    """They have no passwords."""
    published = [port for service in services.values() for port in service["ports"]]
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_compose_runs_the_embedded_kafka_with_its_settings(services: dict[str, Any], tmp_path: Path) -> None:
    """The same version; a setting that both state is the same in both, and none is only here."""
    kafka = services["kafka"]
    assert kafka["image"].rpartition(":")[2] == KAFKA.rpartition(":")[2]
    embedded = EmbeddedKafka(directory=tmp_path, jars=tmp_path, port=1, controller_port=2).settings()
    stated = {
        name.removeprefix("KAFKA_").lower().replace("_", "."): value
        for name, value in kafka["environment"].items()
        if name != "KAFKA_HEAP_OPTS"
    }
    assert {name: str(embedded[name]) for name in stated if name not in PLACES} == {
        name: value for name, value in stated.items() if name not in PLACES
    }
