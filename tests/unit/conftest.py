"""How property tests run: no deadline for one example, because a shared machine stalls processes for a while.

pytest-timeout still bounds each test.
"""

from hypothesis import settings

settings.register_profile("quizline", deadline=None)
settings.load_profile("quizline")
