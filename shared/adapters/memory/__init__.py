"""Fakes of every port, shipped: they keep the contracts (tests/contract runs the same suite over them and over the
real adapters), for tests and for trying a handler without servers. Production roots must not import them.
"""

from typing import TYPE_CHECKING

from shared.adapters.memory.board import MemoryBoard
from shared.adapters.memory.clock import ManualClock
from shared.adapters.memory.coordination import MemoryDeadlines, MemoryLimits, MemoryRegistry
from shared.adapters.memory.faults import Faults, Part, When
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
from shared.adapters.memory.system import MemorySystem

__all__ = [
    "Faults",
    "ManualClock",
    "MemoryAnswers",
    "MemoryBoard",
    "MemoryDeadlines",
    "MemoryDrafts",
    "MemoryFeed",
    "MemoryImages",
    "MemoryLibrary",
    "MemoryLimits",
    "MemoryOpenings",
    "MemoryPlayers",
    "MemoryPublisher",
    "MemoryQuizzes",
    "MemoryRedis",
    "MemoryRegistry",
    "MemoryScores",
    "MemorySessions",
    "MemorySnapshots",
    "MemorySystem",
    "Part",
    "When",
]

if TYPE_CHECKING:
    from shared.ports.answers import Answers
    from shared.ports.board import Board
    from shared.ports.clock import Clock
    from shared.ports.deadlines import Deadlines
    from shared.ports.drafts import Drafts
    from shared.ports.feed import FeedReader, FeedWriter
    from shared.ports.images import Images
    from shared.ports.library import Library
    from shared.ports.limits import Limits
    from shared.ports.openings import Openings
    from shared.ports.players import Players
    from shared.ports.publisher import Publisher
    from shared.ports.quizzes import Quizzes
    from shared.ports.registry import Registry
    from shared.ports.scores import Scores
    from shared.ports.sessions import Sessions
    from shared.ports.snapshots import Snapshots

    # The type checker refuses a fake that does not satisfy its port.
    _answers: type[Answers] = MemoryAnswers
    _board: type[Board] = MemoryBoard
    _clock: type[Clock] = ManualClock
    _deadlines: type[Deadlines] = MemoryDeadlines
    _drafts: type[Drafts] = MemoryDrafts
    _feed_reader: type[FeedReader] = MemoryFeed
    _feed_writer: type[FeedWriter] = MemoryFeed
    _images: type[Images] = MemoryImages
    _library: type[Library] = MemoryLibrary
    _limits: type[Limits] = MemoryLimits
    _openings: type[Openings] = MemoryOpenings
    _players: type[Players] = MemoryPlayers
    _publisher: type[Publisher] = MemoryPublisher
    _quizzes: type[Quizzes] = MemoryQuizzes
    _registry: type[Registry] = MemoryRegistry
    _scores: type[Scores] = MemoryScores
    _sessions: type[Sessions] = MemorySessions
    _snapshots: type[Snapshots] = MemorySnapshots
