"""The nickname filter on glin-profanity's word lists: 24 languages, words spelled out, spaced or in digits.

Whole words only: Scunthorpe and Dickens may play.
"""

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glin_profanity import Filter


class WordListFilter:
    """Implements shared.ports.nickname_filter.NicknameFilter. Loads the lists on first use: 0.2 s."""

    def is_rude(self, nickname: str) -> bool:
        return bool(self._filter.is_profane(nickname))

    @cached_property
    def _filter(self) -> "Filter":
        from glin_profanity import Filter

        return Filter({"all_languages": True, "detect_leetspeak": True, "word_boundaries": True})
