"""The state machine of a session, driven at random and against its rules."""

from dataclasses import replace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shared.domain.errors import Refusal, RefusalCode
from shared.domain.session import Command, Pacing, Phase, Session, Settings, advanced, next_deadline
from tests.unit.domain.asking import session

# Which phases may follow which, written down a second time on purpose.
FOLLOWS = {
    Phase.LOBBY: {Phase.QUESTION_OPEN, Phase.FINISHED},
    Phase.QUESTION_OPEN: {Phase.QUESTION_CLOSED, Phase.FINISHED},
    Phase.QUESTION_CLOSED: {Phase.QUESTION_OPEN, Phase.FINISHED},
    Phase.FINISHED: set(),
}
KNOWN = {
    Phase.LOBBY: {Command.START, Command.FINISH},
    Phase.QUESTION_OPEN: {Command.CLOSE, Command.FINISH},
    Phase.QUESTION_CLOSED: {Command.NEXT, Command.FINISH},
    Phase.FINISHED: set(),
}
commands = st.sampled_from(list(Command))
steps_ms = st.integers(-5_000, 30_000)  # the one clock may step back when its leader changes


class SessionMachine(RuleBasedStateMachine):
    """Commands in any order, at any time, stale or not."""

    @initialize(
        limits=st.lists(st.integers(1_000, 600_000), min_size=1, max_size=4), pacing=st.sampled_from(list(Pacing))
    )
    def open(self, limits: list[int], pacing: Pacing) -> None:
        self.now_ms = 1_000_000
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
        assert self.state.version == before.version + 1
        assert self.state.phase in FOLLOWS[before.phase]
        assert self.state.timings[: len(before.timings) - 1] == before.timings[:-1]

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
        closes_at_ms = self.state.timings[-1].closes_at_ms
        self.state = self.advance(command, self.state.version)
        if command is Command.CLOSE:
            assert self.state.timings[-1].closes_at_ms == closes_at_ms

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
            assert timing.opened_at_ms <= timing.closes_at_ms <= timing.opened_at_ms + limit_ms

    @invariant()
    def clock_closes_every_open_question(self) -> None:
        deadline = next_deadline(self.state)
        if self.state.phase is Phase.QUESTION_OPEN:
            assert deadline == (self.state.timings[-1].closes_at_ms, Command.CLOSE)

    def advance(self, command: Command, version: int) -> Session:
        """A command leaves the state it was given alone: states are values."""
        before = replace(self.state)
        try:
            return advanced(self.state, command, now_ms=self.now_ms, expected_version=version)
        finally:
            assert self.state == before


TestSession = SessionMachine.TestCase


def test_session_played_through_by_the_host_visits_every_question() -> None:
    """lobby, then open and closed for each question, then finished."""
    state = session(20_000, 10_000)
    seen = []
    for step, command in enumerate(
        (Command.START, Command.CLOSE, Command.NEXT, Command.CLOSE, Command.NEXT), start=1
    ):
        state = advanced(state, command, now_ms=step * 1_000, expected_version=state.version)
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
    opened = advanced(session(20_000), Command.START, now_ms=1_000, expected_version=1)
    early = advanced(opened, Command.CLOSE, now_ms=5_000, expected_version=2)
    late = advanced(opened, Command.CLOSE, now_ms=50_000, expected_version=2)
    assert early.timings[0].closes_at_ms == 5_000
    assert late.timings[0].closes_at_ms == 21_000


def test_finish_with_an_open_question_closes_it_too() -> None:
    """Nobody can answer after the end."""
    opened = advanced(session(20_000), Command.START, now_ms=1_000, expected_version=1)
    finished = advanced(opened, Command.FINISH, now_ms=2_000, expected_version=2)
    assert (finished.phase, finished.timings[0].closes_at_ms) == (Phase.FINISHED, 2_000)


def test_next_deadline_after_the_reveal_is_the_clocks_only() -> None:
    """Paced by the clock, the next question opens after the reveal; paced by the host, it waits for the host."""
    for pacing, deadline in ((Pacing.CLOCK, (4_000 + 5_000, Command.NEXT)), (Pacing.HOST, None)):
        opened = advanced(
            session(20_000, settings=Settings(pacing=pacing)), Command.START, now_ms=1_000, expected_version=1
        )
        closed = advanced(opened, Command.CLOSE, now_ms=4_000, expected_version=2)
        assert next_deadline(closed) == deadline


@pytest.mark.parametrize("command", list(Command))
def test_finished_session_takes_no_command(command: Command) -> None:
    """The end is the end; the refusal says expected and got."""
    with pytest.raises(Refusal, match="got finished") as refused:
        advanced(session(phase=Phase.FINISHED), command, now_ms=0, expected_version=1)
    assert refused.value.code is RefusalCode.COMMAND_NOT_ALLOWED
