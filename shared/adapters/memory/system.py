"""All fakes wired together: one clock, one set of faults, one Redis."""

from shared.adapters.memory.board import MemoryBoard
from shared.adapters.memory.clock import ManualClock
from shared.adapters.memory.coordination import MemoryDeadlines, MemoryLimits, MemoryRegistry
from shared.adapters.memory.faults import Faults
from shared.adapters.memory.feed import MemoryFeed
from shared.adapters.memory.images import MemoryImages
from shared.adapters.memory.library import MemoryDrafts, MemoryLibrary
from shared.adapters.memory.publisher import MemoryPublisher
from shared.adapters.memory.redis_state import MemoryRedis
from shared.adapters.memory.sessions import MemorySessions
from shared.adapters.memory.stores import (
    MemoryAnswers,
    MemoryOpenings,
    MemoryPlayers,
    MemoryQuizzes,
    MemoryScores,
    MemorySnapshots,
)


class MemorySystem:
    """One of each port. `faults` counts and breaks the calls of all of them."""

    def __init__(self, *, clock: ManualClock | None = None) -> None:
        self.clock = clock or ManualClock()
        self.faults = Faults()
        self.redis = MemoryRedis(clock=self.clock, faults=self.faults)
        self.publisher = MemoryPublisher(self.faults)
        self.sessions = MemorySessions(self.faults)
        self.quizzes = MemoryQuizzes(self.faults)
        self.library = MemoryLibrary(self.faults)
        self.drafts = MemoryDrafts(self.faults)
        self.images = MemoryImages(self.faults)
        self.players = MemoryPlayers(self.faults)
        self.answers = MemoryAnswers(self.faults)
        self.openings = MemoryOpenings(self.faults)
        self.scores = MemoryScores(self.faults)
        self.snapshots = MemorySnapshots(self.faults)
        self.board = MemoryBoard(self.redis)
        self.feed = MemoryFeed(self.redis)
        self.registry = MemoryRegistry(self.redis)
        self.deadlines = MemoryDeadlines(self.redis)
        self.limits = MemoryLimits(self.redis)
