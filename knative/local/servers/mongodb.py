"""An embedded MongoDB: SecantusDB, which speaks MongoDB's wire on MongoDB's WiredTiger engine.

Every commit is synced: what a write acknowledged survives kill -9. The lead measured its limits (PERFORMANCE.md):
grouped inserts are fast, find_one_and_update scans.
"""

import sysconfig
from pathlib import Path

from knative.local.process import ProcessSpec, base_environment
from knative.local.servers.probes import LOOPBACK, mongodb_answers

_CACHE_SIZE = "128M"


class EmbeddedMongoDB:
    """One server process; `url` is the same across its restarts."""

    name = "mongodb"

    def __init__(self, *, directory: Path, port: int, host: str = LOOPBACK) -> None:
        self._directory = directory
        self._host = host
        self._port = port
        self.url = f"mongodb://{host}:{port}/?directConnection=true"

    def prepare(self) -> None:
        """Write the empty configuration that keeps it from looking for one in the home directory."""
        self._directory.mkdir(parents=True, exist_ok=True)
        self._configuration.write_text("# All settings are on the command line.\n")

    def spec(self) -> ProcessSpec:
        """The console script of the wheel, installed beside this interpreter."""
        return ProcessSpec(
            name=self.name,
            command=(
                str(Path(sysconfig.get_path("scripts")) / "secantusd-py"),
                f"--config={self._configuration}",
                f"--host={self._host}",
                f"--port={self._port}",
                f"--storage-path={self._directory / 'wiredtiger'}",
                f"--cache-size={_CACHE_SIZE}",
                "--sync-on-commit",
                "--log-level=WARNING",
            ),
            environment=base_environment(),
            directory=self._directory,
            is_ready=lambda: mongodb_answers(self.url),
        )

    @property
    def _configuration(self) -> Path:
        return self._directory / "secantusd.toml"
