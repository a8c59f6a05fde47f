"""A display that watches a play as people do, and strikes once at the moment it was told to wait for."""

from collections.abc import Callable

from knative.local.play.display import Display, Scene
from shared.domain.session import Phase


class Saboteur:
    """Strikes while `question` is open and somebody has answered it, but not yet everybody."""

    def __init__(self, strike: Callable[[], None], *, question: int) -> None:
        self.has_struck = False
        self.notes: list[str] = []
        self._strike = strike
        self._question = question

    def note(self, text: str) -> None:
        self.notes.append(text)

    def show(self, scene: Scene) -> None:
        is_moment = (
            scene.phase is Phase.QUESTION_OPEN
            and scene.question == self._question
            and 0 < scene.settled < scene.players
        )
        if is_moment and not self.has_struck:
            self.has_struck = True
            self._strike()

    def __enter__(self) -> Display:
        return self

    def __exit__(self, *exception: object) -> None:
        return None


def watching() -> Saboteur:
    """One that only watches."""
    return Saboteur(lambda: None, question=-1)
