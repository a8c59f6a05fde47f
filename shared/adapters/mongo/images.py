"""Pictures, one document each: after reduction they are far below what a document may hold."""

from typing import Any

from shared.adapters.mongo.collection import IndexedCollection
from shared.ports.images import Image


class MongoImages:
    """Implements shared.ports.images.Images."""

    def __init__(self, database: Any) -> None:
        self._collection = IndexedCollection(database, "images")

    async def add(self, image: Image) -> None:
        await self._collection.insert(
            {
                "_id": image.name,
                "media_type": image.media_type,
                "content": image.content,
                "owner_id": image.owner_id,
            }
        )

    async def get(self, name: str) -> Image | None:
        found = await self._collection.find_by_id(name)
        if found is None:
            return None
        return Image(
            name=name,
            media_type=found["media_type"],
            content=bytes(found["content"]),
            owner_id=found["owner_id"],
        )
