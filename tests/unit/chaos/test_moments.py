"""When blows fall: drawn from the seed, in order, and never missed because a question was quick."""

import random

from knative.local.chaos.moments import LOBBY, Moment, drawn, drawn_in_lobby
from knative.local.play.display import Scene
from shared.domain.session import Phase


def _scene(question: int, settled: int, *, phase: Phase = Phase.QUESTION_OPEN) -> Scene:
    return Scene(phase=phase, question=question, questions=4, players=10, joined=5, settled=settled)


def test_moments_of_a_seed_are_the_same_again_and_in_order() -> None:
    """Who found something can look again."""
    first, second = (drawn(random.Random(7), strikes=9, questions=4) for _ in range(2))
    assert first == second == sorted(first)
    assert len(first) == 9
    assert {moment.question for moment in first} == {0, 1, 2, 3}
    assert first != drawn(random.Random(8), strikes=9, questions=4)


def test_moment_has_come_when_enough_have_answered() -> None:
    """Half of ten."""
    moment = Moment(1, 0.5)
    assert [moment.has_come(_scene(1, settled)) for settled in (0, 4, 5, 9)] == [False, False, True, True]


def test_moment_of_a_question_that_passed_has_come() -> None:
    """The blow falls late rather than never."""
    moment = Moment(1, 0.5)
    assert not moment.has_come(_scene(0, 10))
    assert not moment.has_come(_scene(1, 3, phase=Phase.QUESTION_CLOSED))
    assert moment.has_come(_scene(2, 0))
    assert moment.has_come(_scene(1, 0, phase=Phase.FINISHED))


def test_moments_in_the_lobby_count_who_has_joined() -> None:
    """And are over with it."""
    assert all(moment.question == LOBBY for moment in drawn_in_lobby(random.Random(1), strikes=3))
    lobby = _scene(LOBBY, 0, phase=Phase.LOBBY)
    assert Moment(LOBBY, 0.5).has_come(lobby)
    assert not Moment(LOBBY, 0.6).has_come(lobby)
    assert Moment(LOBBY, 0.6).has_come(_scene(0, 0))
