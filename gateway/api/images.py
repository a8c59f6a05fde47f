"""Uploading pictures for questions."""

import hashlib

from msgspec import Struct

from gateway.api.hosts import host_of
from gateway.api.operation import Call, Reply
from gateway.images.process import ImageProcess
from shared.domain.errors import Refusal, RefusalCode
from shared.ports.images import Image, Images
from shared.ports.limits import Limits

# A photograph as a phone makes it.
MOST_IMAGE_BYTES = 6 * 1_024 * 1_024
IMAGES_A_DAY = 500
_A_DAY_MS = 24 * 3_600_000
_MEDIA_TYPE = "image/webp"


class ImageStored(Struct, frozen=True, kw_only=True):
    """`url`: for a question's image_url, on this very origin."""

    url: str


class ImageHandlers:
    """The same picture again has the same address."""

    def __init__(self, *, process: ImageProcess, images: Images, limits: Limits) -> None:
        self._process = process
        self._images = images
        self._limits = limits

    async def store(self, call: Call) -> Reply:
        host_id = host_of(call)
        if not await self._limits.allow(f"images:{host_id}", limit=IMAGES_A_DAY, per_ms=_A_DAY_MS):
            raise Refusal(RefusalCode.RATE_LIMITED, f"expected at most {IMAGES_A_DAY} pictures a day")
        content = await self._process.reduced(call.body)
        name = f"{hashlib.sha256(content).hexdigest()}.webp"
        await self._images.add(Image(name=name, media_type=_MEDIA_TYPE, content=content, owner_id=host_id))
        return Reply(201, ImageStored(url=f"/images/{name}"))
