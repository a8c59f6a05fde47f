"""A session's results and statistics out of the stores, one question's answers in memory at a time."""
