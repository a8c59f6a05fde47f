"""One CloudEvent posted to one function of a running system, and what came of it."""
