"""`quizline export QUIZ_ID`: a published quiz as a file that `quizline import` takes back unchanged."""

import asyncio
import os
import sys
from pathlib import Path

from knative.local.commands.failure import CommandFailed, CommandRefused, failures
from knative.local.home import home_from
from knative.local.state import read_state
from shared.adapters.mongo import MongoStores
from shared.domain.errors import TransientFailure
from shared.domain.quiz import Quiz
from shared.exporters.registry import FORMATS, export_quiz


def export_published(quiz_id: str, *, format: str, out: Path | None) -> None:
    """Write the newest version of the quiz to `out`, else to standard output."""
    with failures():
        if format not in FORMATS:
            raise CommandRefused(f"expected a format of {', '.join(FORMATS)}, got {format!r}")
        quiz = asyncio.run(_published(quiz_id, read_state(home_from()).mongodb))
        if quiz is None:
            raise CommandRefused(f"expected a quiz that is published, got {quiz_id!r}")
        exported = export_quiz(quiz.title, quiz.questions, format=format)
        if out is None:
            sys.stdout.buffer.write(exported.content)
            return
        _write(out, exported.content)
        print(f"{out}: {len(quiz.questions)} questions of {quiz.title!r}", file=sys.stderr)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandRefused(f"expected a file that can be written: {error}") from error


async def _published(quiz_id: str, mongodb_url: str) -> Quiz | None:
    """From the database: the gateway shows no quiz with its right answers to anybody."""
    stores = MongoStores(mongodb_url, os.environ.get("QUIZLINE_MONGODB_DATABASE", "quizline"))
    try:
        return await stores.quizzes.get_latest(quiz_id)
    except TransientFailure as failure:
        raise CommandFailed(f"expected the quiz from MongoDB, got {failure}") from failure
    finally:
        stores.close()
