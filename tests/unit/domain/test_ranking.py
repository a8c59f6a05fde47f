"""The order of the board, in Python and packed for Redis."""

import random
import uuid
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.ranking import (
    MAX_REMOVED,
    MAX_TOTAL_MS,
    MAX_TOTAL_POINTS,
    Leaderboard,
    OwnResult,
    Result,
    before_question,
    board_member,
    counted_results,
    edition_of,
    histories_of,
    leaderboard_of,
    member_entry,
    packed_score,
    tick_ms,
    unpacked_score,
    without_players,
)

DOCUMENT = Path(__file__).parents[3] / "docs" / "scoring.md"

points = st.integers(-MAX_TOTAL_POINTS, MAX_TOTAL_POINTS) | st.integers(-2, 2)
times_ms = st.integers(0, MAX_TOTAL_MS) | st.integers(0, 2)
totals = st.tuples(points, times_ms)
player_ids = st.uuids().map(str)
nicknames = st.text(min_size=1, max_size=24)


def result(player: str, question: int, scored: int, elapsed_ms: int, joined_at_ms: int = 0) -> Result:
    return Result(
        player_id=player,
        nickname=f"nick {player}",
        joined_at_ms=joined_at_ms,
        question=question,
        correct=scored > 0,
        points=scored,
        elapsed_ms=elapsed_ms,
    )


@given(totals, totals)
def test_packed_score_sorts_as_the_board_does(one: tuple[int, int], other: tuple[int, int]) -> None:
    """Least is best: more points first, then less time, ties and negative points included."""
    (one_points, one_ms), (other_points, other_ms) = one, other
    better = (-one_points, one_ms) < (-other_points, other_ms)
    assert (packed_score(*one) < packed_score(*other)) is better
    assert (packed_score(*one) == packed_score(*other)) is (one == other)


@given(totals)
def test_packed_score_unpacks_and_is_exact_as_a_double(total: tuple[int, int]) -> None:
    """What goes into Redis as a double comes back whole."""
    packed = packed_score(*total)
    assert int(float(packed)) == packed
    assert unpacked_score(packed) == total


@given(st.integers(0, 10**13), player_ids, nicknames, st.none() | st.integers(0, 19))
def test_board_member_gives_back_player_team_and_nickname(
    joined_at_ms: int, player: str, nickname: str, team: int | None
) -> None:
    """A nickname may hold what separates the parts."""
    one = Result(
        player_id=player,
        nickname=nickname,
        joined_at_ms=joined_at_ms,
        question=0,
        correct=True,
        points=7,
        elapsed_ms=3,
        team=team,
    )
    entry = member_entry(board_member(one), rank=1, packed=packed_score(7, 3))
    assert (entry.player_id, entry.nickname, entry.team, entry.joined_at_ms) == (
        player,
        nickname,
        team,
        joined_at_ms,
    )
    assert (entry.rank, entry.points, entry.total_ms) == (1, 7, 3)


members = st.tuples(totals, st.integers(0, 10**13) | st.integers(0, 2), player_ids)


@given(st.lists(members, unique_by=lambda member: member[2], max_size=8))
def test_sorted_set_orders_as_the_recomputation_does(players: list[tuple[tuple[int, int], int, str]]) -> None:
    """Redis sorts by score, then by the member's bytes: the same order as leaderboard_of."""
    results = [result(player, 0, *total, joined) for total, joined, player in players]
    in_redis = sorted((packed_score(r.points, r.elapsed_ms), board_member(r).encode()) for r in results)
    recomputed = [entry.player_id for entry in leaderboard_of(results).entries]
    assert [member.decode().split("/")[1] for _, member in in_redis] == recomputed


results_of_a_session = st.lists(
    st.builds(
        lambda player, question, scored, elapsed_ms: result(
            f"p{player}", question, scored, elapsed_ms, player % 3
        ),
        st.integers(0, 5),
        st.integers(0, 4),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    unique_by=lambda r: (r.player_id, r.question),
)


@given(results_of_a_session, st.randoms(use_true_random=False))
def test_leaderboard_of_shuffled_and_repeated_results_is_the_same(
    results: list[Result], chance: random.Random
) -> None:
    """At least once and unordered: the board does not see how often and in which order results came."""
    again = results + [chance.choice(results) for _ in results]
    chance.shuffle(again)
    assert leaderboard_of(again) == leaderboard_of(results)


@given(results_of_a_session)
def test_leaderboard_of_results_sums_and_ranks_them(results: list[Result]) -> None:
    """Everybody with an answer is on it once, ranks run from 1 without a gap, and nothing is lost in the sums."""
    board = leaderboard_of(results)
    assert board.version == len(results)
    assert [entry.rank for entry in board.entries] == list(range(1, len(board.entries) + 1))
    assert {entry.player_id for entry in board.entries} == {r.player_id for r in results}
    assert sum(entry.points for entry in board.entries) == sum(r.points for r in results)
    assert sum(entry.total_ms for entry in board.entries) == sum(r.elapsed_ms for r in results)


def test_leaderboard_of_nothing_is_empty() -> None:
    """A session without answers has a board of version 0."""
    assert leaderboard_of([]) == Leaderboard(version=0, entries=())


def test_leaderboard_of_two_results_for_one_question_counts_the_first() -> None:
    """One score per player and question, even if something told two."""
    board = leaderboard_of([result("p", 0, 10, 5), result("p", 0, 7, 1)])
    assert [(entry.points, entry.total_ms) for entry in board.entries] == [(10, 5)]
    assert board.version == 1


def test_board_member_of_the_earlier_join_sorts_first() -> None:
    """As text too, whatever the number of digits."""
    assert board_member(result("b", 0, 0, 0, 9)) < board_member(result("a", 0, 0, 0, 10))


def test_leaderboard_ties_break_by_time_then_join_then_id() -> None:
    """No two players ever tie."""
    low, high = sorted(str(uuid.uuid5(uuid.NAMESPACE_DNS, name)) for name in ("a", "b"))
    results = [
        result("slow", 0, 10, 5),
        result("late", 0, 10, 4, joined_at_ms=9),
        result(high, 0, 10, 4, joined_at_ms=1),
        result(low, 0, 10, 4, joined_at_ms=1),
        result("behind", 0, 9, 0),
    ]
    board = leaderboard_of(results)
    assert [entry.player_id for entry in board.entries] == [low, high, "late", "slow", "behind"]


def test_document_example_is_ordered_as_the_board_orders_it() -> None:
    """The document's players come out in the document's order."""
    table = DOCUMENT.read_text(encoding="utf-8").split("| player | points | total time | joined | rank |")[1]
    rows = [
        [cell.strip() for cell in row.split("|")[1:-1]] for row in table.strip().split("\n\n")[0].split("\n")[1:]
    ]
    results = [
        result(player, 0, _number(total), _number(time.removesuffix(" ms")), _number(joined.replace(":", "")))
        for player, total, time, joined, _ in reversed(rows)
    ]
    ranked = [(entry.player_id, str(entry.rank)) for entry in leaderboard_of(results).entries]
    assert ranked == [(row[0], row[4]) for row in rows]


def test_tick_grows_with_the_players() -> None:
    """Short while the fan-out is small, never shorter for more players."""
    ticks = [tick_ms(players) for players in (1, 200, 201, 1_000, 1_001, 5_000)]
    assert ticks == sorted(ticks)
    assert (ticks[0], ticks[-1]) == (50, 250)


def _number(text: str) -> int:
    return int(text.replace(",", ""))


# One of three came late.
STARTED_WITH = {"ada": 0, "grace": 350, "hedy": 0}
scored_answers = st.lists(
    st.builds(
        lambda player, question, points, received, correct: Result(
            player_id=player,
            nickname=player,
            joined_at_ms=len(player),
            question=question,
            correct=correct,
            points=points,
            elapsed_ms=received + 1,
            answer_id=f"{player}/{question}/{received}",
            received_at_ms=received,
            streak_place=question,
            starting_points=STARTED_WITH[player],
        ),
        st.sampled_from(["ada", "grace", "hedy"]),
        st.integers(0, 3),
        st.integers(-100, 1_000),
        st.integers(0, 2),
        st.booleans(),
    ),
    max_size=25,
    unique_by=lambda r: (r.player_id, r.question, r.answer_id),
)


@given(scored_answers, st.integers(0, 3))
def test_board_before_a_question_is_the_board_of_all_the_others(results: list[Result], question: int) -> None:
    """What is shown while results are held back: as if nobody had answered yet, streaks included."""
    counted, _ = counted_results(results)
    own = {
        r.player_id: OwnResult(
            points=r.points, elapsed_ms=r.elapsed_ms, correct=r.correct, streak_place=r.streak_place
        )
        for r in counted
        if r.question == question
    }
    before = before_question(leaderboard_of(results), own, histories_of(counted))
    assert before.entries == leaderboard_of([r for r in results if r.question != question]).entries


@given(scored_answers, st.sets(st.sampled_from(["ada", "grace"])))
def test_board_without_removed_players_is_that_of_the_others(results: list[Result], removed: set[str]) -> None:
    """Ranks close up."""
    board = without_players(leaderboard_of(results), removed)
    assert board.entries == leaderboard_of([r for r in results if r.player_id not in removed]).entries


@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, MAX_REMOVED), st.booleans()), min_size=2, max_size=2)
)
def test_edition_orders_by_answers_then_removals_then_what_is_held(boards: list[tuple[int, int, bool]]) -> None:
    """Of two published boards the newer one has the greater edition; it fits a double."""
    editions = [edition_of(version, removed=removed, held=held) for version, removed, held in boards]
    order = [(version, removed, not held) for version, removed, held in boards]
    assert (editions[0] < editions[1]) == (order[0] < order[1])
    assert max(editions) < 2**53


def test_leaderboard_of_a_changed_answer_counts_the_later_one() -> None:
    """By the server's clock, then by id; each answer counts in the version."""
    first = replace(result("p", 0, 900, 4), answer_id="a", received_at_ms=5)
    second = replace(result("p", 0, 0, 9), answer_id="b", received_at_ms=7)
    board = leaderboard_of([second, first, second])
    assert [(entry.points, entry.total_ms) for entry in board.entries] == [(0, 9)]
    assert board.version == 2
