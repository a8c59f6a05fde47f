"""The tally that the conductor waits on, and what is shown of it without a terminal."""

from knative.local.play.display import PlainDisplay, Scene
from knative.local.play.tally import Tally
from shared.domain.session import Phase


def test_tally_question_is_settled_when_every_bot_settled_it() -> None:
    """Each bot counts once for each question."""
    tally = Tally(2)
    tally.settle(0, 1)
    tally.settle(0, 1)
    assert not tally.all_settled(0)
    tally.settle(0, 2)
    assert tally.all_settled(0)
    assert not tally.all_settled(1)


def test_tally_outcomes_are_known_when_all_who_answered_know() -> None:
    """A bot that did not answer has no outcome to wait for."""
    tally = Tally(3)
    tally.settle(0, 1)
    tally.settle(0, 2)
    tally.know(0, 1)
    assert not tally.all_known(0)
    tally.know(0, 2)
    assert tally.all_known(0)


async def test_tally_change_wakes_who_waits() -> None:
    """The conductor waits for a condition, not for a time."""
    tally = Tally(1)
    tally.join(1)
    await tally.changed.until(tally.all_joined, timeout_s=1.0)


def test_plain_display_says_each_question_once_it_is_over() -> None:
    """Without a terminal there is one line a question, however often the scene is shown."""
    lines: list[str] = []
    with PlainDisplay(lines.append) as display:
        for phase, question in [
            (Phase.LOBBY, -1),
            (Phase.QUESTION_OPEN, 0),
            (Phase.QUESTION_CLOSED, 0),
            (Phase.QUESTION_CLOSED, 0),
            (Phase.QUESTION_OPEN, 1),
            (Phase.FINISHED, 1),
            (Phase.FINISHED, 1),
        ]:
            display.show(Scene(phase=phase, question=question, questions=2, settled=5))
    assert lines == ["question 1 of 2: 5 answers", "question 2 of 2: 5 answers"]
