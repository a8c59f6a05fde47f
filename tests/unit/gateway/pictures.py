"""Pictures for tests, drawn here."""

import io

from PIL import Image

# What a phone writes beside the pixels: an orientation, and where the photograph was made.
EXIF = Image.Exif()
EXIF[0x0112] = 6  # turn it by a quarter, clockwise
EXIF[0x010F] = "Maker of secrets"
EXIF.get_ifd(0x8825)[0x001D] = "2026:01:05"


def drawn(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """Bright and reddish on the left, dark blue on the right."""
    image = Image.new("RGB", (width, height), (250, 160, 120))
    image.paste((20, 20, 220), (width // 2, 0, width, height))
    return image.convert(mode)


def encoded(image: Image.Image, format: str, **options: object) -> bytes:
    """As a file."""
    written = io.BytesIO()
    image.save(written, format, **options)
    return written.getvalue()


def decoded(content: bytes) -> Image.Image:
    """The other way round."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image
