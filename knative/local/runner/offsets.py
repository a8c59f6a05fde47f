"""Which offset of a partition may be committed while records are delivered out of order. Pure.

Memory is bounded by what is in flight: only those offsets are kept, not the delivered ones above them.
"""


class PartitionProgress:
    """One partition under one assignment. Records come in order of offset and finish in any order."""

    def __init__(self) -> None:
        self._in_flight: dict[int, None] = {}
        self._next: int | None = None
        self.committed: int | None = None

    def began(self, offset: int) -> None:
        """The record at `offset` goes to delivery."""
        self._in_flight[offset] = None
        self._next = offset + 1

    def finished(self, offset: int) -> None:
        """Delivered, or acknowledged as a dead letter."""
        del self._in_flight[offset]

    @property
    def position(self) -> int | None:
        """The offset up to which everything is finished; None before the first record."""
        return next(iter(self._in_flight), self._next)
