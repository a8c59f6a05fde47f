"""The moments at which blows fall, drawn from the seed: a question, and how many have answered it by then.

Pure. The lobby counts as question -1, and who has joined as who has answered.
"""

import random
from dataclasses import dataclass

from knative.local.play.display import Scene
from shared.domain.session import Phase

LOBBY = -1
_EARLIEST, _LATEST = 0.05, 0.9


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """When `share` of the players have answered `question`."""

    question: int
    share: float

    def has_come(self, scene: Scene) -> bool:
        """Or is past: a question that went by unseen still counts."""
        if scene.phase is Phase.FINISHED or scene.question > self.question:
            return True
        if scene.question < self.question:
            return False
        if self.question == LOBBY:
            return scene.phase is Phase.LOBBY and scene.joined >= self.share * scene.players
        return scene.phase is Phase.QUESTION_OPEN and scene.settled >= max(1, self.share * scene.players)


def drawn(rng: random.Random, *, strikes: int, questions: int) -> list[Moment]:
    """In order of time, spread over as many questions as there are."""
    rounds = [rng.sample(range(questions), questions) for _ in range(-(-strikes // questions))]
    chosen = [question for order in rounds for question in order][:strikes]
    return sorted(Moment(question, rng.uniform(_EARLIEST, _LATEST)) for question in chosen)


def drawn_in_lobby(rng: random.Random, *, strikes: int) -> list[Moment]:
    """In order of time."""
    return sorted(Moment(LOBBY, rng.uniform(0.0, _LATEST)) for _ in range(strikes))
