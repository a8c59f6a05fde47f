"""What the process that reduces pictures may use, and how it says what went wrong: shared by both sides of it."""

LIMIT_MEMORY_BYTES = 384 * 1_024 * 1_024
LIMIT_CPU_S = 8
# Exit codes.
BROKEN = 4
TOO_MANY_PIXELS = 5
