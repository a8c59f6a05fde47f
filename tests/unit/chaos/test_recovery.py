"""How long a play took to recover, from planted waits and absences."""

import dataclasses

import pytest

from knative.local.chaos.recovery import Absences, recoveries_s, stalls_s
from tests.unit.play.planted import good_evidence


def test_recovery_without_anybody_late_is_zero() -> None:
    """The planted bots wait 0.1 to 0.3 s each."""
    assert recoveries_s(good_evidence(), struck_s=[1.0, 2.0], usual_s=0.5) == [0.0, 0.0]


def test_recovery_lasts_until_the_last_late_board() -> None:
    """A blow at 1.05 s, an answer of 1.0 s on the board at 4.0 s: 2.95 s."""
    bots = good_evidence()
    late = dataclasses.replace(bots[0].answers[0], covered_s=4.0)
    bots[0] = dataclasses.replace(bots[0], answers=(late, bots[0].answers[1]))
    assert recoveries_s(bots, struck_s=[1.05], usual_s=0.5) == [pytest.approx(2.95)]


def test_recovery_of_a_second_blow_is_its_own() -> None:
    """What was over before it fell is not its doing."""
    bots = good_evidence()
    late = dataclasses.replace(bots[0].answers[0], covered_s=2.0)
    bots[0] = dataclasses.replace(bots[0], answers=(late, bots[0].answers[1]))
    assert recoveries_s(bots, struck_s=[1.0, 2.5], usual_s=0.5) == [pytest.approx(1.0), 0.0]


def test_wait_across_a_second_blow_is_that_ones() -> None:
    """An answer of 1.0 s on the board at 4.0 s, blows at 1.05 and 3.0 s."""
    bots = good_evidence()
    late = dataclasses.replace(bots[0].answers[0], covered_s=4.0)
    bots[0] = dataclasses.replace(bots[0], answers=(late, bots[0].answers[1]))
    assert recoveries_s(bots, struck_s=[1.05, 3.0], usual_s=0.5) == [0.0, pytest.approx(1.0)]


def test_recovery_is_over_once_a_whole_round_was_in_time() -> None:
    """Everybody answers at once, in time; a late one after that is not the blow's doing."""
    first = good_evidence()[0].answers[0]
    moments = [(1.0, 3.0), (4.0, 4.1), (5.0, 5.1), (6.0, 9.0)]
    answers = tuple(
        dataclasses.replace(first, created_s=created, covered_s=covered) for created, covered in moments
    )
    bots = [
        dataclasses.replace(bot, answers=answers if place == 0 else ())
        for place, bot in enumerate(good_evidence())
    ]
    assert recoveries_s(bots[:2], struck_s=[0.5], usual_s=0.5) == [pytest.approx(2.5)]
    assert recoveries_s(bots, struck_s=[0.5], usual_s=0.5) == [pytest.approx(8.5)]


@pytest.mark.parametrize(
    ("moments", "stalled_s"),
    [
        ([], 0.0),
        # The blow at 0.5; one answer, that waited from 1.0 to 3.0.
        ([(1.0, 3.0)], 2.0),
        # An answer from before the blow waits from the blow on.
        ([(0.1, 3.0)], 2.5),
        # A queue that is worked off: everybody is late, the board moves.
        ([(1.0, 2.0), (1.0, 3.0), (1.0, 4.0)], 1.0),
        # Nobody waits between 2.0 and 8.0.
        ([(1.0, 2.0), (8.0, 8.5)], 1.0),
        # One that waits long while the others go by does not stall the board.
        ([(1.0, 4.0), (2.0, 2.5), (3.0, 3.5)], 1.5),
    ],
)
def test_board_stalls_only_while_an_answer_waits_and_nothing_moves(
    moments: list[tuple[float, float]], stalled_s: float
) -> None:
    """One bot's answers, and a blow at 0.5 s."""
    first = good_evidence()[0]
    answers = tuple(
        dataclasses.replace(first.answers[0], created_s=created, covered_s=covered) for created, covered in moments
    )
    bots = [dataclasses.replace(first, answers=answers)]
    assert stalls_s(bots, struck_s=[0.5]) == [pytest.approx(stalled_s)]


def test_absence_lasts_from_the_first_look_without_to_the_first_look_with_a_connection() -> None:
    """Who has not come yet is not away."""
    absences = Absences()
    for now_s, connected in enumerate([(True, False), (False, False), (False, False), (True, False)]):
        absences.observe(connected, now_s=float(now_s))
    assert (absences.longest_s, absences.count) == (1.0, 1)
