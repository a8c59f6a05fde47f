"""A picture as a host uploads it → a picture as players load it: WebP of at most 1,280 pixels, without metadata.

Everything is decoded and written anew, so nothing passes but pixels: neither the place where a photograph was made
nor a script. Of an animation the first frame is taken. Colours are taken for sRGB.
Run in a process of its own (process.py): decoders of foreign bytes can crash, hang and swell.
"""

import io
from collections.abc import Iterator

from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
EDGE = 1_280
# Decoded, a pixel takes 4 bytes, at times twice. JPEG is decoded at a fraction of its size.
MOST_PIXELS = 12_000_000
MOST_JPEG_PIXELS = 50_000_000
# The best quality that keeps a picture this small: a slow phone gets 50 KB a second.
GOOD_BYTES = 200 * 1_024
_QUALITIES = (85, 70, 50)
_COLOUR = {"RGB", "RGBA"}


class NoImage(Exception):
    """Not a picture of a known format, or a broken one."""


class TooManyPixels(Exception):
    """More than can be decoded safely."""


def reduced(content: bytes) -> bytes:
    """Raises NoImage, TooManyPixels. A decoder may raise MemoryError, too, or end the process."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            _check_size(image)
            image.draft("RGB", (2 * EDGE, 2 * EDGE))
            return _encoded(_upright(image))
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise NoImage(type(error).__name__) from error


def _check_size(image: Image.Image) -> None:
    """By the header alone: nothing is decoded yet."""
    most = MOST_JPEG_PIXELS if image.format == "JPEG" else MOST_PIXELS
    if image.width * image.height > most:
        raise TooManyPixels


def _upright(image: Image.Image) -> Image.Image:
    """Decoded, small, and turned as the camera was held."""
    small = _in_colour(image)
    small.thumbnail((EDGE, EDGE), Image.Resampling.LANCZOS)
    turned = ImageOps.exif_transpose(small)
    turned.info.clear()
    return turned


def _in_colour(image: Image.Image) -> Image.Image:
    if image.mode in _COLOUR:
        return image
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    kept = image.getexif()
    coloured = image.convert("RGBA" if image.has_transparency_data else "RGB")
    coloured.getexif().update(kept)
    return coloured


def _encoded(image: Image.Image) -> bytes:
    encoded = b""
    for encoded in _attempts(image):
        if len(encoded) <= GOOD_BYTES:
            break
    return encoded


def _attempts(image: Image.Image) -> Iterator[bytes]:
    for quality in _QUALITIES:
        written = io.BytesIO()
        image.save(written, "WEBP", quality=quality, method=4)
        yield written.getvalue()
