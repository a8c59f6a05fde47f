"""`python -m gateway.images`: a picture on standard input, reduced on standard output. Started by process.py.

Bounded in memory and time by the operating system, whatever a decoder does.
"""

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

from gateway.images.bounds import BROKEN, LIMIT_CPU_S, LIMIT_MEMORY_BYTES, TOO_MANY_PIXELS

NICENESS = 10


def main() -> int:
    _bound()
    from gateway.images.reduction import NoImage, TooManyPixels, reduced

    try:
        sys.stdout.buffer.write(reduced(sys.stdin.buffer.read()))
    except TooManyPixels:
        return TOO_MANY_PIXELS
    except (NoImage, MemoryError):
        return BROKEN
    return 0


def _bound() -> None:
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT_CPU_S, LIMIT_CPU_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):  # macOS knows no limit of memory
        resource.setrlimit(resource.RLIMIT_AS, (LIMIT_MEMORY_BYTES, LIMIT_MEMORY_BYTES))
    # Linux only: should memory run out all the same, this process goes and not the gateway.
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


if __name__ == "__main__":
    sys.exit(main())
