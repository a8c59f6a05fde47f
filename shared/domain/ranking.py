"""The order of the leaderboard, in one place for Python and for Redis.

Points, most first; then total answer time, least first; then the earlier join; then the player id, so that
no two players ever tie. Everybody with an accepted answer is on the board.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from shared.domain.quiz import MAX_POINTS, MAX_QUESTIONS, MAX_TIME_LIMIT_MS
from shared.domain.streak import (
    NONE,
    RIGHT,
    STREAK_STEP,
    STREAK_STEPS_AT_MOST,
    WRONG,
    streak_at,
    streak_bonus,
    with_mark,
)

# A double holds whole numbers exactly up to 2^53: points take what total time leaves of it.
TIME_BITS = 29
MAX_TOTAL_MS = MAX_QUESTIONS * MAX_TIME_LIMIT_MS
MAX_TOTAL_POINTS = MAX_QUESTIONS * (MAX_POINTS + STREAK_STEP * STREAK_STEPS_AT_MOST)
assert MAX_TOTAL_MS < (1 << TIME_BITS)
assert MAX_TOTAL_POINTS < 1 << (53 - TIME_BITS - 1)

TOP_ENTRIES = 10
# Players that a host can remove from a session; it can be locked against more.
MAX_REMOVED = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One scored answer of one player. Where answers may be changed, the latest of a question counts.

    `team`: index into the session's teams. `streak_place`: the question's place among those that count for a
    streak; None where there is no streak bonus, and for polls. `starting_points`: the player's, the same in each.
    """

    player_id: str
    nickname: str
    joined_at_ms: int
    question: int
    correct: bool
    points: int
    elapsed_ms: int
    answer_id: str = ""
    received_at_ms: int = 0
    team: int | None = None
    streak_place: int | None = None
    starting_points: int = 0

    @property
    def order(self) -> tuple[int, str]:
        """Of two results for one question, the greater one counts."""
        return self.received_at_ms, self.answer_id


@dataclass(slots=True, kw_only=True)
class Entry:
    """One line of a leaderboard. `rank` starts at 1.

    A value, though not frozen: that triples what making one costs, and boards of thousands are made several times
    a second.
    """

    rank: int
    player_id: str
    nickname: str
    points: int
    total_ms: int
    team: int | None = None
    joined_at_ms: int = 0
    starting_points: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaderboard:
    """A board that covers `version` scored answers. `edition` orders what was published of it (edition_of)."""

    version: int
    entries: tuple[Entry, ...]
    edition: int = 0


@dataclass(slots=True, kw_only=True)
class OwnResult:
    """What one player got for one question. Not frozen, as Entry."""

    points: int
    elapsed_ms: int
    correct: bool
    streak_place: int | None = None


def packed_score(points: int, total_ms: int) -> int:
    """One whole number, exact as a double, that sorts ascending as the board does: least is best."""
    return -points * (1 << TIME_BITS) + total_ms


def unpacked_score(packed: int) -> tuple[int, int]:
    """Points and total milliseconds of a packed score."""
    points = -(packed // (1 << TIME_BITS))
    return points, packed + points * (1 << TIME_BITS)


def board_member(result: Result) -> str:
    """The sorted set's member: among equal scores Redis orders by it, so the earlier join comes first.

    It carries starting points, team and nickname, so that one read gives the whole board. None of it ever changes.
    """
    team = "" if result.team is None else result.team
    return f"{result.joined_at_ms:014d}/{result.player_id}/{result.starting_points}/{team}/{result.nickname}"


def member_entry(member: str, *, rank: int, packed: int) -> Entry:
    """The line of a sorted set's member. (Ids and teams have no slash; a nickname may.)"""
    joined_at_ms, player_id, starting_points, team, nickname = member.split("/", 4)
    points, total_ms = unpacked_score(packed)
    return Entry(
        rank=rank,
        player_id=player_id,
        nickname=nickname,
        points=points,
        total_ms=total_ms,
        team=int(team) if team else None,
        joined_at_ms=int(joined_at_ms),
        starting_points=int(starting_points),
    )


def counted_results(results: Iterable[Result]) -> tuple[list[Result], int]:
    """The result that counts for each player and question, and how many answers there were (each counted once)."""
    latest: dict[tuple[str, int], Result] = {}
    answers: set[tuple[str, int, str]] = set()
    for result in results:
        place = (result.player_id, result.question)
        answers.add((*place, result.answer_id))
        if place not in latest or result.order > latest[place].order:
            latest[place] = result
    return list(latest.values()), len(answers)


def leaderboard_of(results: Iterable[Result]) -> Leaderboard:
    """Recompute a whole board from scored answers, in whatever order and however often they come."""
    counted, version = counted_results(results)
    histories = histories_of(counted)
    entries: dict[str, Entry] = {}
    for result in counted:
        entry = entries.get(result.player_id) or _empty_entry(result, histories.get(result.player_id, ""))
        entries[result.player_id] = replace(
            entry, points=entry.points + result.points, total_ms=entry.total_ms + result.elapsed_ms
        )
    return Leaderboard(version=version, entries=ranked(entries.values()))


def histories_of(counted: Iterable[Result]) -> dict[str, str]:
    """Each player's history (streak.py), of those who have one."""
    histories: dict[str, str] = {}
    for result in counted:
        if result.streak_place is not None:
            mark = RIGHT if result.correct else WRONG
            histories[result.player_id] = with_mark(histories.get(result.player_id, ""), result.streak_place, mark)
    return histories


def ranked(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries in the board's order, ranked from 1."""
    ordered = sorted(
        entries, key=lambda entry: (-entry.points, entry.total_ms, entry.joined_at_ms, entry.player_id)
    )
    return tuple(
        entry if entry.rank == rank else _entry(entry, rank=rank, points=entry.points, total_ms=entry.total_ms)
        for rank, entry in enumerate(ordered, start=1)
    )


def edition_of(version: int, *, removed: int, held: bool) -> int:
    """Which of two published boards is newer: more answers, then more removed players, then nothing held back.

    Every later board has a greater edition, so that a late or repeated one is known for what it is.
    """
    return (version * (MAX_REMOVED + 1) + removed) * 2 + (not held)


def without_players(board: Leaderboard, removed: Collection[str]) -> Leaderboard:
    """The board of those who are still in the session."""
    if not removed:
        return board
    return replace(board, entries=ranked(entry for entry in board.entries if entry.player_id not in removed))


def before_question(
    board: Leaderboard, results: Mapping[str, OwnResult], histories: Mapping[str, str]
) -> Leaderboard:
    """The board as it was without one question: `results` are that question's, by player.

    Shown while the question is open where results come at its close. The version stays: it names what is covered.
    A player whose only points and time are from this question is left out; so is one who got none in no time
    before.
    """
    if not results:
        return board
    entries = []
    for entry in board.entries:
        own = results.get(entry.player_id)
        if own is None:
            entries.append(entry)
            continue
        points = entry.points - own.points - _bonus_of(own, histories.get(entry.player_id, ""))
        total_ms = entry.total_ms - own.elapsed_ms
        if points != entry.starting_points or total_ms:
            entries.append(_entry(entry, rank=0, points=points, total_ms=total_ms))
    return Leaderboard(version=board.version, entries=ranked(entries), edition=board.edition)


def histories_before(histories: Mapping[str, str], results: Mapping[str, OwnResult]) -> Mapping[str, str]:
    """The histories that go with before_question's board."""
    cut = dict(histories)
    for player_id, own in results.items():
        if own.streak_place is not None and player_id in cut:
            cut[player_id] = with_mark(cut[player_id], own.streak_place, NONE)
    return cut


def tick_ms(players: int) -> int:
    """How long a tick gathers updates, in milliseconds: short while the fan-out is small.

    PERFORMANCE.md: 50 to 100 ms up to 1,000 players, 250 ms at 5,000.
    """
    if players <= 200:
        return 50
    return 100 if players <= 1_000 else 250


def run_length(history: str, own: OwnResult) -> int | None:
    """The right answers in a row that end with `own`; None where there is no streak bonus."""
    return None if own.streak_place is None else streak_at(history, own.streak_place)


def _empty_entry(result: Result, history: str) -> Entry:
    return Entry(
        rank=0,
        player_id=result.player_id,
        nickname=result.nickname,
        points=result.starting_points + streak_bonus(history),
        total_ms=0,
        team=result.team,
        joined_at_ms=result.joined_at_ms,
        starting_points=result.starting_points,
    )


def _bonus_of(own: OwnResult, history: str) -> int:
    """What a player's row would lose without this result."""
    if own.streak_place is None:
        return 0
    return streak_bonus(history) - streak_bonus(with_mark(history, own.streak_place, NONE))


def _entry(entry: Entry, *, rank: int, points: int, total_ms: int) -> Entry:
    """dataclasses.replace, four times as fast."""
    return Entry(
        rank=rank,
        player_id=entry.player_id,
        nickname=entry.nickname,
        points=points,
        total_ms=total_ms,
        team=entry.team,
        joined_at_ms=entry.joined_at_ms,
        starting_points=entry.starting_points,
    )
