"""The state machine of a session, driven at random and against its rules."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shared.domain.errors import Refusal, RefusalCode
from shared.domain.ranking import MAX_REMOVED
from shared.domain.session import (
    MAX_OPEN_MS,
    TIMELESS,
    Command,
    Order,
    Phase,
    Session,
    Timing,
    advanced,
    next_deadline,
)
from shared.domain.settings import Pacing, ResultsShown, Settings
from tests.unit.domain.asking import session

# Which phases may follow which, written down a second time on purpose.
FOLLOWS = {
    Phase.LOBBY: {Phase.QUESTION_OPEN, Phase.RUNNING, Phase.FINISHED},
    Phase.QUESTION_OPEN: {Phase.QUESTION_OPEN, Phase.QUESTION_CLOSED, Phase.FINISHED},
    Phase.QUESTION_CLOSED: {Phase.QUESTION_OPEN, Phase.LEADERBOARD, Phase.FINISHED},
    Phase.LEADERBOARD: {Phase.QUESTION_OPEN, Phase.FINISHED},
    Phase.RUNNING: {Phase.RUNNING, Phase.FINISHED},
    Phase.FINISHED: set(),
}
ALWAYS = {Command.LOCK, Command.UNLOCK, Command.KICK, Command.BAN, Command.FINISH, Command.CANCEL}
KNOWN = {
    Phase.LOBBY: ALWAYS | {Command.START},
    Phase.QUESTION_OPEN: ALWAYS | {Command.CLOSE, Command.SKIP, Command.EXTEND},
    Phase.QUESTION_CLOSED: ALWAYS | {Command.NEXT, Command.SHOW_BOARD},
    Phase.LEADERBOARD: ALWAYS | {Command.NEXT},
    Phase.RUNNING: ALWAYS | {Command.EXTEND},
    Phase.FINISHED: set(),
}
EXTRA_MS = 2_000
commands = st.sampled_from(list(Command))
steps_ms = st.integers(-5_000, 30_000)  # the one clock may step back when its leader changes


class SessionMachine(RuleBasedStateMachine):
    """Commands in any order, at any time, stale or not."""

    @initialize(
        limits=st.lists(st.integers(1_000, 600_000), min_size=1, max_size=4), pacing=st.sampled_from(list(Pacing))
    )
    def open(self, limits: list[int], pacing: Pacing) -> None:
        self.now_ms = 1_000_000
        self.extended_ms = 0
        self.state = session(*limits, settings=Settings(pacing=pacing))

    @rule(command=commands, step_ms=steps_ms)
    def command_at_the_present_version(self, command: Command, step_ms: int) -> None:
        self.now_ms += step_ms
        before = self.state
        if command not in KNOWN[before.phase]:
            with pytest.raises(Refusal) as refused:
                self.advance(command, before.version)
            assert refused.value.code is RefusalCode.COMMAND_NOT_ALLOWED
            return
        self.state = self.advance(command, before.version)
        if self.state is before:
            assert command in TIMELESS
            return
        assert self.state.version == before.version + 1
        assert self.state.phase in FOLLOWS[before.phase] | ({before.phase} if command in TIMELESS else set())
        assert self.state.timings[: len(before.timings) - 1] == before.timings[:-1]
        self.extended_ms += EXTRA_MS if command is Command.EXTEND else 0

    @rule(command=commands, off=st.integers(-3, 3).filter(bool))
    def command_at_another_version(self, command: Command, off: int) -> None:
        with pytest.raises(Refusal) as refused:
            self.advance(command, self.state.version + off)
        assert refused.value.code is RefusalCode.COMMAND_STALE

    @precondition(lambda self: next_deadline(self.state) is not None)
    @rule(late_ms=st.integers(0, 60_000))
    def clock_acts_on_its_deadline(self, late_ms: int) -> None:
        deadline = next_deadline(self.state)
        assert deadline is not None
        due_ms, command = deadline
        self.now_ms = due_ms + late_ms
        before = self.state
        self.state = self.advance(command, before.version)
        if command is Command.CLOSE:
            assert self.state.timings[-1].closes_at_ms == before.timings[-1].closes_at_ms

    @precondition(lambda self: self.state.phase is not Phase.FINISHED)
    @rule()
    def finish_is_possible_from_anywhere(self) -> None:
        finished = self.advance(Command.FINISH, self.state.version)
        assert finished.phase is Phase.FINISHED
        assert next_deadline(finished) is None

    @invariant()
    def questions_have_their_time_and_no_more(self) -> None:
        assert len(self.state.timings) == self.state.question + 1 <= len(self.state.time_limits_ms)
        for timing, limit_ms in zip(self.state.timings, self.state.time_limits_ms, strict=False):
            assert timing.opened_at_ms <= timing.closes_at_ms <= timing.opened_at_ms + limit_ms + self.extended_ms

    @invariant()
    def clock_closes_every_open_question(self) -> None:
        deadline = next_deadline(self.state)
        if self.state.phase is Phase.QUESTION_OPEN:
            assert deadline == (self.state.timings[-1].closes_at_ms, Command.CLOSE)

    def advance(self, command: Command, version: int) -> Session:
        """A command leaves the state it was given alone: states are values."""
        before = replace(self.state)
        try:
            order = Order(command=command, extend_ms=EXTRA_MS, player_id="ada", banned=("phone",))
            return advanced(self.state, order, now_ms=self.now_ms, expected_version=version)
        finally:
            assert self.state == before


TestSession = SessionMachine.TestCase


def then(state: Session, command: Command, *, now_ms: int, **more: Any) -> Session:
    """The state after a command at its present version."""
    order = Order(command=command, **more)
    return advanced(state, order, now_ms=now_ms, expected_version=state.version)


def test_session_played_through_by_the_host_visits_every_question() -> None:
    """lobby, then open and closed for each question, then finished."""
    state = session(20_000, 10_000)
    seen = []
    for step, command in enumerate(
        (Command.START, Command.CLOSE, Command.NEXT, Command.CLOSE, Command.NEXT), start=1
    ):
        state = advanced(state, Order(command=command), now_ms=step * 1_000, expected_version=state.version)
        seen.append((state.phase, state.question))
    assert seen == [
        (Phase.QUESTION_OPEN, 0),
        (Phase.QUESTION_CLOSED, 0),
        (Phase.QUESTION_OPEN, 1),
        (Phase.QUESTION_CLOSED, 1),
        (Phase.FINISHED, 1),
    ]


def test_close_early_ends_the_question_now_and_late_at_its_deadline() -> None:
    """A host who closes early takes time away; a close that comes late gives nobody more."""
    opened = advanced(session(20_000), Order(command=Command.START), now_ms=1_000, expected_version=1)
    early = advanced(opened, Order(command=Command.CLOSE), now_ms=5_000, expected_version=2)
    late = advanced(opened, Order(command=Command.CLOSE), now_ms=50_000, expected_version=2)
    assert early.timings[0].closes_at_ms == 5_000
    assert late.timings[0].closes_at_ms == 21_000


def test_finish_with_an_open_question_closes_it_too() -> None:
    """Nobody can answer after the end."""
    opened = advanced(session(20_000), Order(command=Command.START), now_ms=1_000, expected_version=1)
    finished = advanced(opened, Order(command=Command.FINISH), now_ms=2_000, expected_version=2)
    assert (finished.phase, finished.timings[0].closes_at_ms) == (Phase.FINISHED, 2_000)


@pytest.mark.parametrize(
    ("pacing", "deadline"),
    [
        (Pacing.CLOCK, (4_000 + 5_000, Command.NEXT)),
        (Pacing.HOST, (4_000 + 6 * 3_600_000, Command.FINISH)),
    ],
)
def test_next_deadline_after_the_reveal_is_by_pacing(pacing: Pacing, deadline: tuple[int, Command]) -> None:
    """Paced by the clock, the next question opens after the reveal; a host is waited for, but not for ever."""
    opened = then(session(20_000, settings=Settings(pacing=pacing)), Command.START, now_ms=1_000)
    assert next_deadline(then(opened, Command.CLOSE, now_ms=4_000)) == deadline


def test_lobby_that_nobody_starts_is_cancelled() -> None:
    """After idle_ms, without a winner."""
    lobby = session(settings=Settings(idle_ms=60_000))
    assert next_deadline(lobby) == (60_000, Command.CANCEL)
    cancelled = then(lobby, Command.CANCEL, now_ms=60_000)
    assert (cancelled.phase, cancelled.cancelled) == (Phase.FINISHED, True)


def test_question_takes_answers_only_after_the_lead() -> None:
    """Everybody can read it first; the time limit begins when answers count."""
    opened = then(session(20_000, settings=Settings(lead_ms=3_000)), Command.START, now_ms=1_000)
    assert opened.timings == (Timing(opened_at_ms=4_000, closes_at_ms=24_000),)
    early = then(opened, Command.CLOSE, now_ms=2_000)
    assert early.timings == (Timing(opened_at_ms=4_000, closes_at_ms=4_000),)


def test_extend_moves_the_deadline_and_has_an_end() -> None:
    """Time is added to what is left; nobody holds a question open for ever."""
    opened = then(session(20_000), Command.START, now_ms=1_000)
    longer = then(opened, Command.EXTEND, now_ms=2_000, extend_ms=10_000)
    assert longer.timings[0].closes_at_ms == 31_000
    assert next_deadline(longer) == (31_000, Command.CLOSE)
    for extend_ms, expected in ((0, "expected more than 0 ms"), (MAX_OPEN_MS, "open for at most")):
        with pytest.raises(Refusal, match=expected):
            then(opened, Command.EXTEND, now_ms=2_000, extend_ms=extend_ms)


def test_skip_opens_the_next_question_without_a_reveal() -> None:
    """The skipped one is closed at that moment; skipping the last one ends the session."""
    first = then(session(20_000, 10_000), Command.START, now_ms=1_000)
    second = then(first, Command.SKIP, now_ms=5_000)
    assert (second.phase, second.question, second.timings[0].closes_at_ms) == (Phase.QUESTION_OPEN, 1, 5_000)
    assert then(second, Command.SKIP, now_ms=6_000).phase is Phase.FINISHED


def test_kick_and_ban_remember_whom_they_put_out() -> None:
    """A ban keeps device and name out too; doing it again changes nothing."""
    kicked = then(session(), Command.KICK, now_ms=0, player_id="ada", banned=("phone", "ada"))
    assert (kicked.removed, kicked.banned) == (("ada",), ())
    banned = then(kicked, Command.BAN, now_ms=0, player_id="ada", banned=("phone", "ada"))
    assert (banned.removed, banned.banned) == (("ada",), ("phone", "ada"))
    assert then(banned, Command.KICK, now_ms=0, player_id="ada") is banned
    with pytest.raises(Refusal, match="expected the player to kick, got none"):
        then(banned, Command.KICK, now_ms=0)


def test_removed_players_have_a_limit_that_names_the_lock() -> None:
    """The list goes to every screen, so it is short."""
    full = session(removed=tuple(str(number) for number in range(MAX_REMOVED)))
    with pytest.raises(Refusal, match="lock the session"):
        then(full, Command.KICK, now_ms=0, player_id="one more")


def test_timeless_command_needs_no_version_and_others_do() -> None:
    """A host who locks the door does not care which question is open."""
    lobby = session(version=7)
    locked = advanced(lobby, Order(command=Command.LOCK), now_ms=0, expected_version=None)
    assert (locked.locked, locked.version) == (True, 8)
    with pytest.raises(Refusal, match="expected the version that start was meant for, got none"):
        advanced(lobby, Order(command=Command.START), now_ms=0, expected_version=None)


def test_self_paced_session_runs_until_its_end() -> None:
    """No question is everybody's; the clock ends the whole."""
    asked = session(settings=Settings(pacing=Pacing.PLAYER, duration_ms=60_000))
    running = then(asked, Command.START, now_ms=1_000)
    assert (running.phase, running.question, running.timings) == (Phase.RUNNING, -1, ())
    assert next_deadline(running) == (61_000, Command.FINISH)
    assert next_deadline(then(running, Command.EXTEND, now_ms=2_000, extend_ms=5_000)) == (66_000, Command.FINISH)


@pytest.mark.parametrize(
    ("phase", "results", "answer_change", "held"),
    [
        (Phase.QUESTION_OPEN, ResultsShown.AT_ONCE, False, False),
        (Phase.QUESTION_OPEN, ResultsShown.AT_CLOSE, False, True),
        (Phase.QUESTION_OPEN, ResultsShown.AT_ONCE, True, True),
        (Phase.QUESTION_CLOSED, ResultsShown.AT_CLOSE, True, False),
        (Phase.RUNNING, ResultsShown.AT_CLOSE, False, True),
        (Phase.FINISHED, ResultsShown.AT_CLOSE, False, False),
    ],
)
def test_results_are_held_while_the_setting_says_so(
    phase: Phase, results: ResultsShown, answer_change: bool, held: bool
) -> None:
    """Until the close; and always until then where an answer can still be changed."""
    asked = session(phase=phase, settings=Settings(results=results, answer_change=answer_change))
    assert asked.holds_results is held


@pytest.mark.parametrize("command", list(Command))
def test_finished_session_takes_no_command(command: Command) -> None:
    """The end is the end; the refusal says expected and got."""
    with pytest.raises(Refusal, match="got finished") as refused:
        advanced(session(phase=Phase.FINISHED), Order(command=command), now_ms=0, expected_version=1)
    assert refused.value.code is RefusalCode.COMMAND_NOT_ALLOWED
