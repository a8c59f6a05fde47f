"""Which nicknames are too rude to be shown."""

from typing import Protocol


class NicknameFilter(Protocol):
    def is_rude(self, nickname: str) -> bool:
        """Whether the name has a rude word in it, spelled out or thinly disguised. Never waits."""
