"""Size, cold start, memory and end of every image: `python -m tests.performance.image_cold_start`.

    --prefix quizline/ --tag 0.1.0 --only score,gateway --rounds 5 --builder docker

Each container runs as in the cluster: the manifest's command and environment, not root, nothing writable, no
capability; in the host's network, so that it reaches embedded servers of this run. The clock starts when the
engine says that the process was started, and stops at the first 2xx: of the function's golden event, for which it
loads and connects its drivers, or of the gateway's /readyz.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import tempfile
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from knative.local.invoke.event_file import EventFile, read_event
from knative.local.parts import MANIFESTS
from knative.local.ports import free_ports
from knative.local.runner.manifests import Container, Values, command_line, load, resolve_environment
from shared.adapters.mongo import MongoStores
from shared.adapters.redis import RedisStores
from shared.adapters.sessions import CachedSessions
from shared.events.catalog import TOPICS
from tests.events.seed import RealPorts
from tests.servers import Servers
from tests.story import seed

EVENTS = Path(__file__).parents[1] / "events"
FIRST_EVENT = {
    "join": "player.join-requested",
    "submit": "answer.submitted",
    "score": "answer.accepted",
    "rank": "score.updated",
    "broadcast": "leaderboard.updated",
}
WITHIN_S = 30.0
_COLUMNS = (
    "image",
    "size",
    "layers of its own",
    "port open",
    "first 2xx",
    "CPU until then",
    "memory then",
    "SIGTERM to end",
    "exit code",
)
_SEALED = ("--network=host", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One container's life. Times in milliseconds, from its start; `end_ms` from SIGTERM.

    `cpu_ms` is what the process had used at the first 2xx, which another load on the machine hardly changes.
    """

    port_open_ms: float
    first_2xx_ms: float
    cpu_ms: float
    end_ms: float
    exit_code: int
    resident_mib: float


class Engine:
    """A Docker-compatible command line."""

    def __init__(self, program: str) -> None:
        self._program = program

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run([self._program, *arguments], capture_output=True, text=True, timeout=60, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{self._program} {' '.join(arguments[:2])}: {done.stderr.strip()}")
        return done.stdout.strip()

    def image(self, name: str) -> tuple[float, list[str]]:
        """Its size in MB, and its layers."""
        [found] = json.loads(self("image", "inspect", name))
        return found["Size"] / 1e6, found["RootFS"]["Layers"]

    def state(self, container: str) -> dict[str, object]:
        state: dict[str, object] = json.loads(self("inspect", "--format", "{{json .State}}", container))
        return state


async def measured(
    engine: Engine, image: str, container: Container, environment: Mapping[str, str], event: EventFile | None
) -> Round:
    """Start, first answer, end: then the container is gone."""
    command = command_line(container, environment)
    variables = [f"--env={name}={value}" for name, value in environment.items()]
    name = f"quizline-{uuid.uuid4().hex[:8]}"
    entry = f"--entrypoint={command[0]}"
    engine("create", "--name", name, *_SEALED, *variables, entry, image, *command[1:])
    try:
        starting = asyncio.create_task(asyncio.to_thread(engine, "start", name))
        opened, answered = await _first_answer(int(environment["PORT"]), event)
        await starting
        state = engine.state(name)
        began = _seconds(str(state["StartedAt"]))
        pid = int(str(state["Pid"]))
        cpu, resident = _cpu_ms(pid), _resident_mib(pid)
        ending = time.time()
        await asyncio.to_thread(engine, "kill", "--signal=TERM", name)
        await asyncio.to_thread(engine, "wait", name)
        ended = engine.state(name)
        return Round(
            port_open_ms=(opened - began) * 1000,
            first_2xx_ms=(answered - began) * 1000,
            cpu_ms=cpu,
            end_ms=(_seconds(str(ended["FinishedAt"])) - ending) * 1000,
            exit_code=int(str(ended["ExitCode"])),
            resident_mib=resident,
        )
    finally:
        engine("rm", "--force", name)


async def _first_answer(port: int, event: EventFile | None) -> tuple[float, float]:
    """When the port opened, and when the first 2xx came: both as seconds since the epoch."""
    async with asyncio.timeout(WITHIN_S), aiohttp.ClientSession() as http:
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.002)
            else:
                writer.close()
                break
        opened = time.time()
        while True:
            request = (
                http.post(f"http://127.0.0.1:{port}/", data=event.body, headers=event.headers)
                if event
                else http.get(f"http://127.0.0.1:{port}/readyz")
            )
            async with request as response:
                if response.ok:
                    return opened, time.time()
            await asyncio.sleep(0.002)


def _seconds(moment: str) -> float:
    whole, fraction = moment.removesuffix("Z").split(".")
    return datetime.fromisoformat(whole).replace(tzinfo=UTC).timestamp() + float(f"0.{fraction}")


def _cpu_ms(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _resident_mib(pid: int) -> float:
    [line] = [one for one in Path(f"/proc/{pid}/status").read_text().splitlines() if one.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


async def _prepared(servers: Servers) -> Values:
    """Topics, and the story that the golden events tell of."""
    await servers.create_topics(*TOPICS, partitions=1)
    mongo = MongoStores(servers.mongodb_url, "quizline")
    redis = RedisStores(servers.redis_url, epochs=mongo.epochs)
    await seed(RealPorts(CachedSessions(mongo.sessions, redis.session_cache), mongo.quizzes, mongo.players))
    await redis.close()
    mongo.close()
    return {
        "configMap": {"QUIZLINE_KAFKA_BOOTSTRAP": servers.kafka_bootstrap},
        "secret": {
            "QUIZLINE_MONGODB_URL": servers.mongodb_url,
            "QUIZLINE_REDIS_URL": servers.redis_url,
            "QUIZLINE_TOKEN_SECRET": "for this measurement only, nobody plays",
        },
        "fieldRef": {"metadata.name": "gateway-0"},
    }


async def run(arguments: argparse.Namespace, servers: Servers) -> None:
    engine = Engine(arguments.builder)
    manifests = load(MANIFESTS)
    values = manifests.values(await _prepared(servers))
    workloads = {name: service.container for name, service in manifests.services.items()}
    workloads["gateway"] = manifests.deployments["gateway"].container
    known: set[str] = set()
    print(f"| {' | '.join(_COLUMNS)} |\n|{'---|' * len(_COLUMNS)}")
    for name in arguments.only.split(",") if arguments.only else workloads:
        container = workloads[name]
        part = name if name == "gateway" else f"functions-{name}"
        image = f"{arguments.prefix}{part}:{arguments.tag}"
        event = read_event(EVENTS / f"{FIRST_EVENT[name]}.json") if name in FIRST_EVENT else None
        rounds = []
        for _ in range(arguments.rounds):
            [port] = free_ports(1)
            environment = {**resolve_environment(container, values), "PORT": str(port)}
            rounds.append(await measured(engine, image, container, environment, event))
        size_mb, layers = engine.image(image)
        own, known = [layer for layer in layers if layer not in known], known | set(layers)
        print(f"| {part} | {size_mb:.0f} MB | {len(own)} of {len(layers)} | {_row(rounds)} |", flush=True)


def _row(rounds: list[Round]) -> str:
    def middle(field: str, unit: str) -> str:
        """The least and the median."""
        found = sorted(getattr(one, field) for one in rounds)
        return f"{found[0]:.0f} / {statistics.median(found):.0f} {unit}"

    codes = ", ".join(sorted({str(one.exit_code) for one in rounds}))
    return " | ".join(
        (
            middle("port_open_ms", "ms"),
            middle("first_2xx_ms", "ms"),
            middle("cpu_ms", "ms"),
            f"{statistics.median(one.resident_mib for one in rounds):.0f} MiB",
            middle("end_ms", "ms"),
            codes,
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.performance.image_cold_start")
    parser.add_argument("--prefix", default="quizline/")
    parser.add_argument("--tag", default="0.1.0")
    parser.add_argument("--only", default="", help="comma-separated; all where nothing is said")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--builder", default="docker")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        servers = Servers(Path(home))
        try:
            asyncio.run(run(arguments, servers))
        finally:
            servers.close()


if __name__ == "__main__":
    main()
