"""Python's garbage collector in a process that serves."""

import gc

# Its first generation, in objects. By default it is 700, which the requests in flight make several times over: it
# walked them again and again, for 6 to 19 % of a process' time (py-spy, 1,000 players answering within half a
# second). A walk over this many takes 1 to 2 ms.
FIRST_GENERATION = 25_000


def collect_rarely() -> None:
    """Once all that a process needs stands: the collector looks at none of it again, and seldom at the rest."""
    gc.freeze()
    gc.set_threshold(FIRST_GENERATION, *gc.get_threshold()[1:])
