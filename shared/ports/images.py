"""Pictures of questions: never changed, named by their content."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """`name`: the content's SHA-256 in hexadecimal, and the ending of its format. `owner_id`: who brought it."""

    name: str
    media_type: str
    content: bytes
    owner_id: str


class Images(Protocol):
    """All methods raise TransientFailure when the store is away."""

    async def add(self, image: Image) -> None:
        """Nothing changes when there is one of this name: it is the same."""

    async def get(self, name: str) -> Image | None: ...
