"""Kafka's jars: fetched once by Maven coordinate, checked against the lock file beside this module.

The lock names every jar with its SHA-256, so starting asks no one which versions belong together. `write_lock`
renews it (`make lock`): resolve with jgo, download, hash.
"""

import hashlib
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

LOCK = Path(__file__).with_name("kafka-jars.toml")
KAFKA = "org.apache.kafka:kafka_2.13:4.4.0"
# Kafka logs through SLF4J and leaves the binding to whoever runs it; the distribution's scripts use this one.
LOG_BINDING = "org.apache.logging.log4j:log4j-slf4j-impl:2.25.5"
_AT_ONCE = 8
_ATTEMPTS = 3

Progress = Callable[[int, int], None]
"""Called with how many jars are there and how many it takes."""


class JarError(Exception):
    """A jar could not be fetched, or is not the one that the lock names."""


@dataclass(frozen=True, slots=True, order=True)
class Jar:
    """One line of the lock. `coordinate` is group:artifact:version."""

    coordinate: str
    sha256: str

    @property
    def file_name(self) -> str:
        _, artifact, version = self.coordinate.split(":")
        return f"{artifact}-{version}.jar"


def locked_jars() -> list[Jar]:
    """Kafka's jars, in the order of the lock."""
    return [Jar(**row) for row in tomllib.loads(LOCK.read_text())["jar"]]


def lock_name() -> str:
    """A name that changes whenever the lock does."""
    return f"kafka-{_sha256(LOCK)[:12]}"


def fetch(jars: Iterable[Jar], *, directory: Path, progress: Progress) -> list[Path]:
    """Paths of all the jars, downloading those that are missing or not intact. Safe to run twice at once.

    Raises JarError, naming the coordinate.
    """
    directory.mkdir(parents=True, exist_ok=True)
    wanted = list(jars)
    missing = [jar for jar in wanted if not _intact(directory / jar.file_name, jar)]
    progress(len(wanted) - len(missing), len(wanted))
    if missing:
        _download(missing, directory, lambda done: progress(len(wanted) - len(missing) + done, len(wanted)))
    return [directory / jar.file_name for jar in wanted]


def write_lock() -> None:
    """Resolve, download and hash everything anew; replaces the lock file. Takes half a minute."""
    with tempfile.TemporaryDirectory() as folder:
        artifacts = {**_resolve(LOG_BINDING, Path(folder)), **_resolve(KAFKA, Path(folder))}
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            paths = list(threads.map(lambda artifact: artifact.resolve(), artifacts.values()))
        rows = sorted(
            Jar(str(artifact.component), _sha256(path))
            for artifact, path in zip(artifacts.values(), paths, strict=True)
        )
    header = "# Written by `make lock`: what " + KAFKA + " takes to run.\n"
    LOCK.write_text(
        header + "".join(f'\n[[jar]]\ncoordinate = "{row.coordinate}"\nsha256 = "{row.sha256}"\n' for row in rows)
    )


def _download(jars: list[Jar], directory: Path, progress: Callable[[int], None]) -> None:
    # jgo writes in place; a folder of our own and a rename keep a half-written jar from ever being seen.
    with tempfile.TemporaryDirectory(dir=directory) as folder, ThreadPoolExecutor(_AT_ONCE) as threads:
        for done, _ in enumerate(
            threads.map(lambda jar: _download_one(jar, Path(folder), directory), jars), start=1
        ):
            progress(done)


def _download_one(jar: Jar, folder: Path, directory: Path) -> None:
    path = _fetch_to(folder, jar)
    if not _intact(path, jar):
        raise JarError(f"{jar.coordinate}: expected SHA-256 {jar.sha256}, got {_sha256(path)}")
    path.replace(directory / jar.file_name)


def _fetch_to(folder: Path, jar: Jar) -> Path:
    import requests

    group, artifact, version = jar.coordinate.split(":")
    component = _maven(folder).project(group, artifact).at_version(version)
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return Path(component.artifact().resolve())
        except (requests.RequestException, RuntimeError, OSError) as error:
            shutil.rmtree(folder / component.path_prefix, ignore_errors=True)
            if attempt == _ATTEMPTS:
                raise JarError(f"{jar.coordinate} could not be fetched: {error}") from error
    raise AssertionError("unreachable: the last attempt returns or raises")


def _resolve(coordinate: str, folder: Path) -> dict[tuple[str, str], Any]:
    # Each root on its own: resolved together, jgo would apply one root's dependency management to the other.
    from jgo.parse import Endpoint

    maven = _maven(folder)
    roots = [
        maven.create_dependency(replace(root, scope="compile")) for root in Endpoint.parse(coordinate).coordinates
    ]
    inputs, transitive = maven.resolver.resolve(roots)
    needed = [
        dependency.artifact for dependency in (*inputs, *transitive) if dependency.scope in {"compile", "runtime"}
    ]
    return {(artifact.groupId, artifact.artifactId): artifact for artifact in needed}


def _maven(folder: Path) -> Any:
    from jgo.maven import MavenContext

    return MavenContext(repo_cache=folder, timeout=60)


def _intact(path: Path, jar: Jar) -> bool:
    return path.exists() and _sha256(path) == jar.sha256


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    write_lock()
