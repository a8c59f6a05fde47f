"""One batch to many connections, without keeping the event loop from everybody else."""

import asyncio
from collections.abc import Iterable

from gateway.access.identity import Role
from gateway.connections.connection import Connection
from gateway.feed.batch import Batch
from gateway.feed.own import encoded_me
from gateway.feed.places import Places

# About 2 ms of writing; then reads, acknowledgements and the kernel get their turn.
YIELD_EVERY = 256


async def fan_out(connections: Iterable[Connection], batch: Batch, places: Places | None) -> int:
    """Send `batch` to each connection whose next message it begins with; returns to how many. A connection that
    is not ready is passed over: it is behind, and will get a snapshot.

    Without `places` (unknown, or no place for them) everybody gets the shared bytes.
    """
    sent = 0
    after_seq, last_seq, shared, question = batch.after_seq, batch.last_seq, batch.shared, batch.question
    for number, connection in enumerate(list(connections), start=1):
        if connection.can_take(after_seq=after_seq):
            frames = shared
            if places is not None and question is not None and connection.identity.role is Role.PLAYER:
                place = places.get(connection.identity.player_id)
                frames = batch.with_me(encoded_me(connection.identity, place, question=question))
            connection.advance(frames, seq=last_seq)
            sent += 1
        if number % YIELD_EVERY == 0:
            await asyncio.sleep(0)
    return sent
