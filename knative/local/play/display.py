"""What people see while bots play: a live board on a terminal, plain lines elsewhere; all on standard error."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from shared.domain.session import Phase
from shared.events.payloads import BoardEntry

REFRESH_PER_SECOND = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One moment of a play. `functions`: instances by name."""

    title: str = ""
    phase: Phase | None = None
    question: int = -1
    questions: int = 0
    prompt: str = ""
    players: int = 0
    joined: int = 0
    settled: int = 0
    board_version: int = 0
    top: tuple[BoardEntry, ...] = ()
    functions: Mapping[str, int] = field(default_factory=dict)


class Display(Protocol):
    """Where a play shows itself."""

    def note(self, text: str) -> None:
        """One line that stays."""

    def show(self, scene: Scene) -> None:
        """The present moment."""

    def __enter__(self) -> "Display": ...

    def __exit__(self, *exception: object) -> None: ...


class PlainDisplay:
    """Lines: notes, and one for each question that is over."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._last = Scene()

    def note(self, text: str) -> None:
        self._write(text)

    def show(self, scene: Scene) -> None:
        before, self._last = self._last, scene
        if scene.question != before.question:
            self._say(before)
        elif scene.phase is Phase.FINISHED and before.phase is not Phase.FINISHED:
            self._say(scene)

    def _say(self, scene: Scene) -> None:
        if scene.question < 0:
            return
        leader = f"; {scene.top[0].nickname} leads with {scene.top[0].points}" if scene.top else ""
        self._write(f"question {scene.question + 1} of {scene.questions}: {scene.settled} answers{leader}")

    def __enter__(self) -> Display:
        return self

    def __exit__(self, *exception: object) -> None:
        return None


class LiveDisplay:
    """A board that moves."""

    def __init__(self, console: Console) -> None:
        self._live = Live(console=console, refresh_per_second=REFRESH_PER_SECOND, transient=False)
        self._console = console

    def note(self, text: str) -> None:
        self._console.print(text, highlight=False)

    def show(self, scene: Scene) -> None:
        self._live.update(_picture(scene))

    def __enter__(self) -> Display:
        self._live.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._live.stop()


def display_for(console: Console) -> Display:
    """Live on a terminal, plain elsewhere."""
    if console.is_terminal:
        return LiveDisplay(console)
    return PlainDisplay(lambda text: console.print(text, highlight=False, soft_wrap=True, markup=False))


def _picture(scene: Scene) -> Group:
    return Group(_headline(scene), _board(scene), _functions(scene.functions))


def _headline(scene: Scene) -> Text:
    if scene.phase in {None, Phase.LOBBY}:
        return Text(f"{scene.title}: {scene.joined} of {scene.players} players are in", style="bold")
    asked = f"question {scene.question + 1} of {scene.questions}: {scene.settled} of {scene.players} answers"
    return Text.assemble((f"{scene.title}  ", "bold"), asked, (f"\n{scene.prompt}", "dim"), overflow="ellipsis")


def _board(scene: Scene) -> Table:
    table = Table(title=f"Leaderboard after {scene.board_version} answers", title_justify="left", min_width=50)
    table.add_column("", justify="right")
    table.add_column("player")
    table.add_column("points", justify="right")
    table.add_column("time", justify="right")
    for entry in scene.top:
        table.add_row(str(entry.rank), entry.nickname, f"{entry.points:,}", f"{entry.total_ms / 1000:.1f} s")
    return table


def _functions(functions: Mapping[str, int]) -> Text:
    shown = "   ".join(f"{name} {'●' * count or '○'}" for name, count in functions.items())
    return Text(f"functions: {shown}", style="dim")
