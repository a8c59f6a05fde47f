"""The connection to MongoDB and what hangs on it. The only module that imports motor.

Motor is past its end of life and stays because it was asked for; PyMongo's own async client has the same method
names, so the swap is this file.
"""

from typing import Any

from motor.motor_asyncio import AsyncIOMotorClient

from shared.adapters.mongo.answers import MongoAnswers
from shared.adapters.mongo.drafts import MongoDrafts
from shared.adapters.mongo.epochs import MongoFeedEpochs
from shared.adapters.mongo.images import MongoImages
from shared.adapters.mongo.library import MongoLibrary
from shared.adapters.mongo.openings import MongoOpenings
from shared.adapters.mongo.players import MongoPlayers
from shared.adapters.mongo.quizzes import MongoQuizzes
from shared.adapters.mongo.scores import MongoScores
from shared.adapters.mongo.sessions import MongoSessions
from shared.adapters.mongo.snapshots import MongoSnapshots

# How long an operation looks for a server before it fails as transient: less than a source's time-out, so that
# the caller's retry decides and not a pile of waiting requests.
SERVER_SELECTION_TIMEOUT_MS = 3_000
SOCKET_TIMEOUT_MS = 10_000


class MongoStores:
    """Every store on one client. Connects on first use, on the running loop; close() it there."""

    def __init__(self, url: str, database: str) -> None:
        self._client: Any = AsyncIOMotorClient(
            url,
            w="majority",
            tz_aware=True,
            serverSelectionTimeoutMS=SERVER_SELECTION_TIMEOUT_MS,
            socketTimeoutMS=SOCKET_TIMEOUT_MS,
            connectTimeoutMS=SERVER_SELECTION_TIMEOUT_MS,
        )
        self.database: Any = self._client[database]
        self.sessions = MongoSessions(self.database)
        self.quizzes = MongoQuizzes(self.database)
        self.library = MongoLibrary(self.database)
        self.drafts = MongoDrafts(self.database)
        self.images = MongoImages(self.database)
        self.players = MongoPlayers(self.database)
        self.answers = MongoAnswers(self.database)
        self.openings = MongoOpenings(self.database)
        self.scores = MongoScores(self.database)
        self.snapshots = MongoSnapshots(self.database)
        self.epochs = MongoFeedEpochs(self.database)

    async def ping(self) -> None:
        """Return if the server answers. Raises TransientFailure."""
        from shared.adapters.mongo.faults import as_transient

        with as_transient("ping"):
            await self._client.admin.command("ping")

    def close(self) -> None:
        """Close all connections. Idempotent."""
        self._client.close()
