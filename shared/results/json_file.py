"""Everything as one JSON object: session, answers, players, questions, written piece by piece."""

from collections.abc import Sequence

import msgspec

from shared.results.report import AnswerRow, Heading, PlayerRow
from shared.results.statistics import QuestionStatistics


class JsonFile:
    """The keys come in the order in which they can be known."""

    def __init__(self) -> None:
        self._has_answers = False

    def begin(self, heading: Heading) -> bytes:
        return b'{"session":' + msgspec.json.encode(heading) + b',"answers":['

    def answers(self, rows: Sequence[AnswerRow]) -> bytes:
        if not rows:
            return b""
        comma = b"," if self._has_answers else b""
        self._has_answers = True
        return comma + msgspec.json.encode(rows)[1:-1]

    def end(self, players: Sequence[PlayerRow], questions: Sequence[QuestionStatistics]) -> bytes:
        return b'],"players":' + _encoded(players) + b',"questions":' + _encoded(questions) + b"}"


def _encoded(rows: Sequence[object]) -> bytes:
    return msgspec.json.encode(rows)
