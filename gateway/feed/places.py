"""Every player's own place, from one reading of the board."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.domain.ranking import (
    Entry,
    Leaderboard,
    before_question,
    histories_before,
    run_length,
    without_players,
)
from shared.domain.session import Phase
from shared.domain.settings import Pacing, ResultsShown
from shared.events.payloads import SessionChanged
from shared.ports.board import TakenBoard


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """What players may see of the board at a moment: `hides`, no question's results before its close; `held`, that
    is so of the present one; and in a self-paced session (`by_question` False) no question is everybody's present
    one, and all are held until the end."""

    removed: frozenset[str] = frozenset()
    hides: bool = False
    held: bool = False
    by_question: bool = True


@dataclass(slots=True, kw_only=True)
class Place:
    """One player's. `rank` is None before the first result that may be seen; `gained`, `correct`, `streak`:
    those of the asked question, None when there is none yet or it is held back; `answered`: it has been answered.
    (Not frozen: that triples what making one costs.)
    """

    rank: int | None = None
    points: int = 0
    total_ms: int = 0
    team: int | None = None
    ahead: int | None = None
    answered: bool = False
    gained: int | None = None
    correct: bool | None = None
    streak: int | None = None


Places = Mapping[str, Place]


# The lobby too: who knows no more than that must not show what came after it.
_NOT_CLOSED = {Phase.LOBBY, Phase.QUESTION_OPEN, Phase.RUNNING}


def view_of(session: SessionChanged) -> BoardView:
    """What the session's present state lets players see."""
    settings = session.settings
    by_question = settings.pacing is not Pacing.PLAYER
    hides = settings.results is ResultsShown.AT_CLOSE or settings.answer_change
    return BoardView(
        removed=frozenset(session.removed),
        hides=hides and by_question,
        held=hides and session.phase in _NOT_CLOSED,
        by_question=by_question,
    )


def places_of(taken: TakenBoard, view: BoardView) -> Places:
    """By player id. Made anew for each tick, of thousands: one pass, nothing copied."""
    if view.held and not view.by_question:
        return {}
    board = _visible_board(taken, view)
    results = taken.results if view.by_question else {}
    places: dict[str, Place] = {}
    before: Entry | None = None
    for entry in without_players(board, view.removed).entries:
        own = results.get(entry.player_id)
        shown = None if view.held else own
        places[entry.player_id] = Place(
            rank=entry.rank,
            points=entry.points,
            total_ms=entry.total_ms,
            team=entry.team,
            ahead=None if before is None else before.points - entry.points,
            answered=own is not None,
            gained=None if shown is None else shown.points,
            correct=None if shown is None else shown.correct,
            streak=None if shown is None else run_length(taken.histories.get(entry.player_id, ""), shown),
        )
        before = entry
    for player_id in results.keys() - places.keys():
        places[player_id] = Place(answered=True)  # held back, and nothing before
    return places


def _visible_board(taken: TakenBoard, view: BoardView) -> Leaderboard:
    """A board is read after the session was: a question that opened in between has results on it already."""
    board, histories = taken.board, taken.histories
    if view.hides and taken.later:
        board = before_question(board, taken.later, histories)
        histories = histories_before(histories, taken.later)
    if view.held:
        board = before_question(board, taken.results, histories)
    return board
