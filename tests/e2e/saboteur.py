"""A display that watches a play as people do, and strikes once at the moment it was told to wait for."""

import asyncio
from collections.abc import Awaitable, Callable

from knative.local.play.display import Display, Scene
from shared.domain.session import Phase

Moment = Callable[[Scene], bool]


class Saboteur:
    """`strike` runs beside the play; wait for its end by `struck`."""

    def __init__(self, strike: Callable[[], Awaitable[None]], *, moment: Moment) -> None:
        self.notes: list[str] = []
        self._strike = strike
        self._moment = moment
        self._striking: asyncio.Future[None] | None = None

    def note(self, text: str) -> None:
        self.notes.append(text)

    def show(self, scene: Scene) -> None:
        if self._striking is None and self._moment(scene):
            self._striking = asyncio.ensure_future(self._strike())

    async def struck(self) -> None:
        """Return once it is done. Raises what the strike raised, or AssertionError if the moment never came."""
        assert self._striking is not None, "expected the moment to come, got a play without it"
        await self._striking

    def __enter__(self) -> Display:
        return self

    def __exit__(self, *exception: object) -> None:
        return None


def answering(question: int) -> Moment:
    """`question` is open and somebody has answered it, but not yet everybody."""

    def is_moment(scene: Scene) -> bool:
        is_open = scene.phase is Phase.QUESTION_OPEN and scene.question == question
        return is_open and 0 < scene.settled < scene.players

    return is_moment


def joining(scene: Scene) -> bool:
    """The lobby is open, and not everybody has joined."""
    return scene.phase is Phase.LOBBY and scene.joined < scene.players


async def _nothing() -> None:
    """What somebody does who only watches."""


def watching() -> Saboteur:
    """One that only watches."""
    return Saboteur(_nothing, moment=lambda _: False)
