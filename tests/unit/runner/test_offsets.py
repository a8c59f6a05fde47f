"""Which offset may be committed while deliveries finish in any order."""

import random

from knative.local.runner.offsets import PartitionProgress


def test_position_before_the_first_record_is_unknown() -> None:
    """There is nothing to commit."""
    assert PartitionProgress().position is None


def test_position_with_records_in_flight_is_the_lowest_of_them() -> None:
    """A delivered record above one in flight does not move it."""
    progress = PartitionProgress()
    for offset in (7, 8, 9):
        progress.began(offset)
    progress.finished(8)
    progress.finished(9)
    assert progress.position == 7


def test_position_with_nothing_in_flight_is_behind_the_last_record() -> None:
    """Gaps in the offsets, as compaction and transactions leave them, are no hindrance."""
    progress = PartitionProgress()
    for offset in (7, 12):
        progress.began(offset)
    progress.finished(12)
    progress.finished(7)
    assert progress.position == 13


def test_position_in_any_order_of_finishing_never_passes_a_record_in_flight_nor_goes_back() -> None:
    """The promise behind at-least-once."""
    chance = random.Random(7)
    progress, in_flight, last = PartitionProgress(), set[int](), 0
    for offset in range(2_000):
        progress.began(offset)
        in_flight.add(offset)
        while in_flight and chance.random() < 0.6:
            done = chance.choice(sorted(in_flight))
            in_flight.remove(done)
            progress.finished(done)
        position = progress.position
        assert position is not None
        assert position == (min(in_flight) if in_flight else offset + 1)
        assert position >= last
        last = position
