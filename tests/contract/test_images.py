"""Pictures: by the name that their content gives them."""

from dataclasses import replace

from shared.ports.images import Image
from tests.contract.parts import Parts


async def test_image_added_is_found_whole(parts: Parts, twin: Parts, session_id: str) -> None:
    """Every byte of it; an unknown name finds nothing."""
    content = bytes(range(256)) * 4_000
    image = Image(name=f"{session_id}.webp", media_type="image/webp", content=content, owner_id="a")
    assert await twin.images.get(image.name) is None
    await parts.images.add(image)
    assert await twin.images.get(image.name) == image


async def test_image_added_again_is_the_first_one(parts: Parts, session_id: str) -> None:
    """Whoever brings it."""
    image = Image(name=f"{session_id}.webp", media_type="image/webp", content=b"picture", owner_id="a")
    await parts.images.add(image)
    await parts.images.add(replace(image, owner_id="b"))
    assert await parts.images.get(image.name) == image
