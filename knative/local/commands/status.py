"""`quizline status`: what runs, and what each function is doing."""

import asyncio
from typing import Any

import aiohttp
import msgspec
import psutil
from rich.console import Console
from rich.table import Table

from knative.local.commands.failure import CommandRefused, failures
from knative.local.home import home_from
from knative.local.state import State, read_state

_WITHIN_S = 5.0
_COLUMNS = {
    "instances": "instances",
    "ready": "ready",
    "in_flight": "in flight",
    "queued": "queued",
    "lag": "lag",
    "dead_letters": "dead",
    "cold_starts": "cold",
    "peak_instances": "peak",
}


def status(*, as_json: bool) -> None:
    """Print it once."""
    with failures():
        state = read_state(home_from())
        functions = asyncio.run(_functions(state))
        if as_json:
            print(_encode(state, functions))
            return
        console = Console()
        console.print(f"players [bold]{state.player_url}[/]  host [bold]{state.host_url}[/]", highlight=False)
        console.print(_process_table(state))
        console.print(_function_table(functions))


async def _functions(state: State) -> dict[str, dict[str, Any]]:
    timeout = aiohttp.ClientTimeout(total=_WITHIN_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as http,
            http.get(f"{state.runner_url}/status", raise_for_status=True) as response,
        ):
            answer = await response.json()
    except (aiohttp.ClientError, TimeoutError) as error:
        raise CommandRefused(
            f"the runner at {state.runner_url} does not answer: {error or 'timed out'}"
        ) from error
    functions: dict[str, dict[str, Any]] = answer["functions"]
    return functions


def _encode(state: State, functions: dict[str, dict[str, Any]]) -> str:
    shown = msgspec.to_builtins(state)
    del shown["token_secret"]
    return msgspec.json.format(msgspec.json.encode({**shown, "functions": functions})).decode()


def _process_table(state: State) -> Table:
    table = Table("process", "pid", "memory", "cpu time", box=None, header_style="bold")
    for name, pid in {"supervisor": state.pid, **state.processes}.items():
        table.add_row(name, str(pid), *_usage(pid))
    return table


def _usage(pid: int) -> tuple[str, str]:
    try:
        process = psutil.Process(pid)
        times = process.cpu_times()
        return f"{process.memory_info().rss / 1e6:,.0f} MB", f"{times.user + times.system:.1f} s"
    except psutil.NoSuchProcess:
        return "gone", ""


def _function_table(functions: dict[str, dict[str, Any]]) -> Table:
    table = Table("function", box=None, header_style="bold")
    for heading in _COLUMNS.values():
        table.add_column(heading, justify="right", no_wrap=True)
    for name, values in functions.items():
        table.add_row(name, *(str(values.get(column, "–")) for column in _COLUMNS))
    return table
