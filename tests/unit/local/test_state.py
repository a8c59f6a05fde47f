"""What a running system tells other commands, and who may run."""

import stat
from pathlib import Path

import pytest

from knative.local.home import Home
from knative.local.state import (
    AlreadyRunning,
    NotRunning,
    State,
    exclusive,
    is_running,
    read_state,
    running_pid,
    write_state,
)

STATE = State(
    pid=4711,
    player_url="http://localhost:8080",
    gateway_urls=["http://127.0.0.1:8080"],
    kafka="127.0.0.1:1",
    mongodb="mongodb://127.0.0.1:2",
    redis="redis://127.0.0.1:3",
    runner_url="http://127.0.0.1:4",
    token_secret="s3cret" * 8,
    processes={"kafka": 1},
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.prepare()
    return home


def test_state_of_a_running_system_reads_as_it_was_written(home: Home) -> None:
    """Other commands find all addresses."""
    with exclusive(home):
        write_state(home, STATE)
        assert read_state(home) == STATE


def test_state_file_is_for_this_user_only(home: Home) -> None:
    """It holds the secret that signs players' tokens."""
    write_state(home, STATE)
    assert stat.S_IMODE(home.state_file.stat().st_mode) == 0o600
    assert "s3cret" not in repr(STATE)


def test_state_left_by_a_killed_system_does_not_count(home: Home) -> None:
    """The lock decides, not the file: nobody is told of a system that is gone."""
    write_state(home, STATE)
    assert not is_running(home)
    with pytest.raises(NotRunning, match="no system runs"):
        read_state(home)


def test_home_in_use_is_refused_and_names_who_uses_it(home: Home) -> None:
    """A second system in one home would fight over its data."""
    with exclusive(home):
        write_state(home, STATE)
        with pytest.raises(AlreadyRunning, match=r"4711.*http://localhost:8080"), exclusive(home):
            pass
        assert running_pid(home) > 0


def test_home_that_was_left_is_free_again(home: Home) -> None:
    """Its state is gone with it."""
    with exclusive(home):
        write_state(home, STATE)
    assert not is_running(home)
    assert not home.state_file.exists()
    with exclusive(home):
        assert is_running(home)
