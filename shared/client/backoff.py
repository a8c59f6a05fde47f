"""How long to wait before the next attempt: exponential with jitter, so that a crowd does not return as one."""

import random
from collections.abc import Iterator


def backoff_s(rng: random.Random, *, first_s: float = 0.05, limit_s: float = 2.0) -> Iterator[float]:
    """Delays without end. The n-th is uniform between half of and the whole of min(limit, first × 2ⁿ).

    At least half, because a delay near zero would only meet the same fault again.
    """
    ceiling_s = first_s
    while True:
        yield ceiling_s * rng.uniform(0.5, 1.0)
        ceiling_s = min(limit_s, ceiling_s * 2)
