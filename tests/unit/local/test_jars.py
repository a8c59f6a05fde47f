"""Kafka's jars come from a lock, and only those that it names are run."""

import hashlib
from pathlib import Path

from knative.local.servers.jars import KAFKA, LOG_BINDING, Jar, fetch, lock_name, locked_jars


def test_lock_names_kafka_and_its_log_binding() -> None:
    """The lock belongs to the pinned version."""
    coordinates = {jar.coordinate for jar in locked_jars()}
    assert {KAFKA, LOG_BINDING} <= coordinates


def test_lock_is_complete_and_names_no_artifact_twice() -> None:
    """One version of each artifact, each with a SHA-256."""
    jars = locked_jars()
    artifacts = [jar.coordinate.rsplit(":", 1)[0] for jar in jars]
    assert len(set(artifacts)) == len(jars)
    assert all(len(jar.sha256) == 64 for jar in jars)


def test_fetch_with_every_jar_intact_asks_nobody(tmp_path: Path) -> None:
    """The second start needs no network."""
    jar = Jar("example:thing:1.0", hashlib.sha256(b"content").hexdigest())
    (tmp_path / "thing-1.0.jar").write_bytes(b"content")
    told: list[tuple[int, int]] = []
    assert fetch([jar], directory=tmp_path, progress=lambda done, total: told.append((done, total))) == [
        tmp_path / "thing-1.0.jar"
    ]
    assert told == [(1, 1)]


def test_lock_name_is_stable_for_one_lock() -> None:
    """One folder of jars for one lock."""
    assert lock_name() == lock_name()
    assert lock_name().startswith("kafka-")
