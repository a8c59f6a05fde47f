"""Outbox and clock: which answers go out again, and what time it is."""

from shared.client.clock import ServerClock
from shared.client.errors import Refused
from shared.client.outbox import Outbox, SentAnswer
from shared.domain.errors import RefusalCode
from shared.events.payloads import Value

REFUSED = Refused(RefusalCode.QUESTION_CLOSED, "too late")


def sent(outbox: Outbox, answer_id: str, *, question: int = 0, at_s: float = 0.0) -> SentAnswer:
    answer = SentAnswer(id=answer_id, question=question, value=Value(choices=(0,)), created_s=at_s)
    outbox.add(answer)
    outbox.mark_sent(answer, at_s)
    return answer


def test_outbox_unacknowledged_answer_is_overdue_after_patience() -> None:
    """An answer without word goes out again, with its own id; an acknowledged one never."""
    outbox = Outbox()
    waiting, acked = sent(outbox, "a"), sent(outbox, "b")
    outbox.acknowledge("b", 0.5)
    assert outbox.overdue(1.9, patience_s=2.0) == []
    assert outbox.overdue(2.0, patience_s=2.0) == [waiting]
    assert outbox.unsettled() == [waiting]
    assert acked.is_settled


def test_outbox_refused_answer_is_not_sent_again() -> None:
    """A refusal settles an answer."""
    outbox = Outbox()
    answer = sent(outbox, "a")
    outbox.refuse("a", REFUSED)
    assert outbox.unsettled() == []
    assert answer.has_outcome


def test_outbox_acknowledged_answer_without_outcome_is_uncertain() -> None:
    """Only the outcome, on a board or as a refusal, makes an answer certain."""
    outbox = Outbox()
    covered, refused, waiting, unsettled = (sent(outbox, name) for name in "abcd")
    for answer in (covered, refused, waiting):
        outbox.acknowledge(answer.id, 0.5)
    covered.covered_s = 1.0
    outbox.refuse(refused.id, REFUSED)
    assert outbox.uncertain(but_of=None) == [waiting]
    assert outbox.uncertain(but_of=1) == [waiting]
    assert outbox.uncertain(but_of=0) == []
    assert outbox.unsettled() == [unsettled]


def test_outbox_uncertain_answer_is_asked_for_again_after_patience_and_more_seldom_each_time() -> None:
    """An outcome can be lost while the connection stands; a full pipeline is not asked all the more."""
    outbox = Outbox()
    answer = sent(outbox, "a")
    assert outbox.untold(99.0, patience_s=10.0, but_of=None) == []  # not even acknowledged: overdue
    outbox.acknowledge("a", 0.5)
    assert outbox.untold(9.9, patience_s=10.0, but_of=None) == []
    assert outbox.untold(10.0, patience_s=10.0, but_of=None) == [answer]
    assert outbox.untold(10.0, patience_s=10.0, but_of=0) == []
    outbox.mark_sent(answer, 10.0)
    assert outbox.untold(29.9, patience_s=10.0, but_of=None) == []
    assert outbox.untold(30.0, patience_s=10.0, but_of=None) == [answer]
    outbox.refuse("a", REFUSED)
    assert outbox.untold(99.0, patience_s=10.0, but_of=None) == []


def test_outbox_refused_repetition_of_a_counted_answer_counts() -> None:
    """Sent twice, the second refused as late, but the board counts the first: it counts."""
    outbox = Outbox()
    answer = sent(outbox, "a")
    outbox.refuse("a", REFUSED)
    outbox.cover(0, 3.0)
    outbox.refuse("a", REFUSED)
    assert answer.refusal is None
    assert answer.covered_s == 3.0


def test_outbox_board_covers_the_answer_that_was_not_refused() -> None:
    """Of two answers to one question the board counts the one that no rule refused."""
    outbox = Outbox()
    first, second = sent(outbox, "a"), sent(outbox, "b")
    outbox.refuse("a", REFUSED)
    outbox.cover(0, 3.0)
    outbox.cover(0, 4.0)
    assert (first.covered_s, second.covered_s) == (None, 3.0)


def test_clock_shortest_round_trip_gives_the_offset() -> None:
    """Of two exchanges the shorter one is believed."""
    clock = ServerClock()
    clock.observe(asked_s=10.0, answered_s=10.2, server_time_ms=1_010_100)
    clock.observe(asked_s=11.0, answered_s=11.9, server_time_ms=5_000_000)
    assert clock.error_ms is not None
    assert round(clock.error_ms) == 100
