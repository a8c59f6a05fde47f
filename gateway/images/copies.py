"""Pictures that this gateway served last, in memory: a whole hall asks for one at the same moment."""

import asyncio
from collections import OrderedDict
from weakref import WeakValueDictionary

from shared.ports.images import Image, Images

MOST_BYTES = 16 * 1_024 * 1_024


class ImageCopies:
    """At most MOST_BYTES. Whoever asks while one is being fetched waits for that."""

    def __init__(self, images: Images, *, most_bytes: int = MOST_BYTES) -> None:
        self._images = images
        self._most_bytes = most_bytes
        self._copies: OrderedDict[str, Image] = OrderedDict()
        self._bytes = 0
        self._fetching: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def get(self, name: str) -> Image | None:
        """Raises TransientFailure. A miss is not remembered."""
        if name not in self._copies:
            lock = self._fetching.setdefault(name, asyncio.Lock())
            async with lock:
                if name not in self._copies:
                    image = await self._images.get(name)
                    if image is None:
                        return None
                    self._keep(image)
                    return image
        self._copies.move_to_end(name)
        return self._copies[name]

    def _keep(self, image: Image) -> None:
        self._copies[image.name] = image
        self._bytes += len(image.content)
        while self._bytes > self._most_bytes and self._copies:
            _, oldest = self._copies.popitem(last=False)
            self._bytes -= len(oldest.content)
