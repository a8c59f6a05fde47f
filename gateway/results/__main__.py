"""`python -m gateway.results SESSION FORMAT`: a session's results on standard output, out of MongoDB.

The gateway starts it for each download (process.py), so that half a million answers are nothing to its event loop.
Exit code 3: a store is away.
"""

import asyncio
import os
import sys

from gateway.results.reading import ResultsReader
from shared.adapters.mongo import MongoStores
from shared.config import FunctionSettings, SettingError, function_settings
from shared.domain.errors import TransientFailure

AWAY = 3
# Below every process that somebody waits for on a screen.
NICENESS = 10


async def write(settings: FunctionSettings, session_id: str, format: str) -> None:
    """Raises TransientFailure, BrokenPipeError."""
    mongo = MongoStores(settings.mongodb_url, settings.mongodb_database)
    try:
        session = await mongo.sessions.get(session_id)
        if session is None:
            raise TransientFailure("expected the session that the gateway found, got none")
        quiz = await mongo.quizzes.get(session.quiz_id, session.quiz_version)
        if quiz is None:
            raise TransientFailure(f"expected quiz {session.quiz_id} version {session.quiz_version}, got none")
        reader = ResultsReader(players=mongo.players, answers=mongo.answers, scores=mongo.scores)
        async for piece in reader.pieces(session, quiz, format=format):
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
    finally:
        mongo.close()


def told(error: Exception, *, code: int) -> int:
    """Say why on standard error; standard output is the file's. The gateway logs that it failed."""
    print(f"gateway.results: {error}", file=sys.stderr)  # noqa: T201
    return code


def main() -> int:
    session_id, format = sys.argv[1:]
    try:
        settings = function_settings(os.environ)
    except SettingError as error:
        return told(error, code=2)
    os.nice(NICENESS)
    try:
        asyncio.run(write(settings, session_id, format))
    except TransientFailure as failure:
        return told(failure, code=AWAY)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains at its end
    return 0


if __name__ == "__main__":
    sys.exit(main())
