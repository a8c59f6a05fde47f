"""Pictures in a dictionary."""

from typing import ClassVar

from shared.adapters.memory.faults import Faults, Part, port_call
from shared.ports.images import Image


class MemoryImages:
    """Pictures by name."""

    part: ClassVar[Part] = Part.MONGODB

    def __init__(self, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self._images: dict[str, Image] = {}

    @port_call
    async def add(self, image: Image) -> None:
        self._images.setdefault(image.name, image)

    @port_call
    async def get(self, name: str) -> Image | None:
        return self._images.get(name)
