"""What people see while the system starts and runs: a spinner on a terminal, plain lines elsewhere.

Progress goes to standard error; addresses and the parts' lines go to standard output.
"""

import sys
from typing import Self
from zlib import crc32

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn

from knative.local.system import StartProgress

_COLOURS = (31, 32, 33, 34, 35, 36, 91, 92, 93, 94, 95, 96)


def start_progress() -> StartProgress:
    """For the terminal that standard error is, or for none."""
    console = Console(stderr=True)
    return BarProgress(console) if console.is_terminal else PlainProgress(console)


class PlainProgress:
    """One line a step; of the jars every tenth."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        """Nothing to take back."""

    def step(self, text: str) -> None:
        self._say(f"starting {text}")

    def jars(self, done: int, total: int) -> None:
        if done < total and done % 10 == 0:
            self._say(f"fetching Kafka's jars, once: {done} of {total}")

    def _say(self, text: str) -> None:
        self._console.print(f"quizline | {text}", highlight=False, soft_wrap=True)


class BarProgress:
    """The present step beside a spinner, with a bar while jars are fetched. It is gone when the start is over."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            console=console,
            transient=True,
            redirect_stdout=sys.stdout.isatty(),  # parts print above the bar
            redirect_stderr=False,
        )
        self._task = TaskID(0)

    def __enter__(self) -> Self:
        self._progress.start()
        self._task = self._progress.add_task("starting …", total=None)
        return self

    def __exit__(self, *exception: object) -> None:
        self._progress.stop()

    def step(self, text: str) -> None:
        self._progress.update(self._task, description=f"starting {text} …", total=None)

    def jars(self, done: int, total: int) -> None:
        if done < total:
            self._progress.update(
                self._task,
                description=f"fetching Kafka's jars, once: {done} of {total}",
                completed=done,
                total=total,
            )
        else:
            self.step("Kafka, MongoDB and Redis")


class ConsoleEcho:
    """Prints each line of a part with its name in front, in the part's own colour on a terminal.

    Not through rich: at a thousand lines a second that would cost a core.
    """

    def __init__(self) -> None:
        self._coloured = sys.stdout.isatty()

    def __call__(self, name: str, line: str) -> None:
        prefix = f"{name:>9} | "
        if self._coloured:
            prefix = f"\x1b[{_COLOURS[crc32(name.encode()) % len(_COLOURS)]}m{prefix}\x1b[0m"
        sys.stdout.write(f"{prefix}{line}\n")
        sys.stdout.flush()


def silent(name: str, line: str) -> None:
    """An echo for those who want the log files only."""
