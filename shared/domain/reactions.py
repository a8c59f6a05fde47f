"""What a player may express without saying a word, and when: never while somebody thinks about a question."""

from enum import StrEnum

from shared.domain.session import Phase


class Reaction(StrEnum):
    """A closed set, so that nobody is insulted: no text, and nothing that shows who sent it."""

    HEART = "heart"
    LAUGH = "laugh"
    WOW = "wow"
    TRICKY = "tricky"
    BRAVO = "bravo"


REACTED_IN = frozenset({Phase.LOBBY, Phase.QUESTION_CLOSED, Phase.LEADERBOARD, Phase.FINISHED})
