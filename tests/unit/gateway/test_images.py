"""Pictures of questions: uploaded, made small and harmless, served for ever."""

import asyncio
import struct
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from gateway.images.copies import ImageCopies
from gateway.images.process import ImageProcess
from gateway.images.reduction import EDGE, NoImage, TooManyPixels, reduced
from shared.adapters.memory import MemorySystem, Part
from shared.domain.errors import Refusal, RefusalCode, TransientFailure
from shared.domain.quiz import Question, QuestionType, question_problems
from shared.ports.images import Image as StoredImage
from tests.unit.gateway.author import Author
from tests.unit.gateway.pictures import EXIF, decoded, drawn, encoded
from tests.unit.gateway.stage import Running, Stage, until


@pytest.fixture
def author(stage: Stage, gateway: Running) -> Author:
    return Author(gateway, stage.author_token())


async def test_a_picture_uploaded_is_served_for_ever(gateway: Running, author: Author) -> None:
    """To anybody with its address, which a question can hold; the same picture again has the same."""
    picture = encoded(drawn(), "JPEG")
    status, stored = await author.post("/api/images", picture)
    assert status == 201
    assert await author.post("/api/images", picture) == (201, stored)
    question = Question(type=QuestionType.TEXT, prompt="?", accepted=("a",), image_url=stored["url"])
    assert list(question_problems(question)) == []
    async with gateway.http.get(gateway.url + stored["url"]) as response:
        content = await response.read()
        headers = response.headers
    assert decoded(content).size == (640, 480)
    assert headers["Content-Type"] == "image/webp"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    known = {"If-None-Match": headers["ETag"]}
    async with gateway.http.get(gateway.url + stored["url"], headers=known) as response:
        assert (response.status, await response.read()) == (304, b"")


@pytest.mark.parametrize("name", ["none", f"{'0' * 64}.webp", f"{'0' * 64}.svg", "..%2f..%2fetc%2fpasswd"])
async def test_a_picture_that_is_not_there_is_not_found(gateway: Running, name: str) -> None:
    """With a body of the form that every failure has."""
    async with gateway.http.get(f"{gateway.url}/images/{name}") as response:
        assert response.status == 404
        assert (await response.json())["error"]["code"] in {"image_unknown", "not_found"}


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", SVG, b"%PDF-1.7", encoded(drawn(), "PNG")[:-500], encoded(drawn(), "BMP")],
    ids=["nothing", "a beginning", "SVG", "PDF", "cut", "BMP"],
)
async def test_what_is_no_picture_is_refused(author: Author, content: bytes) -> None:
    """Told by the content, whatever it is called."""
    status, body = await author.post("/api/images", content)
    assert (status, body["error"]["code"]) == (422, "image_invalid")
    assert body["error"]["message"] == "expected a whole picture as PNG, JPEG, WebP, GIF or AVIF"


async def test_a_picture_of_too_many_bytes_is_refused(author: Author) -> None:
    """Before it is read to its end."""
    status, body = await author.post("/api/images", b"x" * (6 * 1_024 * 1_024 + 1))
    assert (status, body["error"]["code"]) == (413, "body_too_large")


async def test_a_picture_whose_store_is_away_can_be_tried_again(
    stage: Stage, gateway: Running, author: Author
) -> None:
    """Neither half stored nor served as missing."""
    picture = encoded(drawn(), "PNG")
    stage.system.faults.away.add(Part.MONGODB)
    assert (await author.post("/api/images", picture))[0] == 503
    async with gateway.http.get(f"{gateway.url}/images/{'0' * 64}.webp") as response:
        assert response.status == 503
    stage.system.faults.away.clear()
    assert (await author.post("/api/images", picture))[0] == 201


async def test_a_host_stores_so_many_pictures_a_day_and_no_more(stage: Stage, author: Author) -> None:
    """Each gateway knows."""
    for _ in range(500):
        await stage.system.limits.allow(
            "images:0ade1e0b9c5d4f0f8d52d1b3a4c6e7f8", limit=500, per_ms=24 * 3_600_000
        )
    status, body = await author.post("/api/images", encoded(drawn(), "PNG"))
    assert (status, body["error"]["code"]) == (429, "rate_limited")


@pytest.mark.parametrize(
    ("format", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "LA"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("GIF", "P"),
        ("WEBP", "RGBA"),
        ("AVIF", "RGB"),
    ],
)
def test_every_kind_of_picture_becomes_webp_of_the_same_look(format: str, mode: str) -> None:
    """Still brighter on the left."""
    picture = drawn(mode="RGB" if mode == "I;16" else mode)
    if mode == "I;16":
        row = struct.pack("<640H", *([40_000] * 320 + [9_000] * 320))
        picture = Image.frombytes("I;16", (640, 480), row * 480)
    image = decoded(reduced(encoded(picture, format)))
    assert (image.format, image.size) == ("WEBP", (640, 480))
    left, right = (_brightness(image, left_edge) for left_edge in (0, 320))
    assert left > right + 40


def _brightness(image: Image.Image, left_edge: int) -> float:
    """Of one half, from 0 to 255."""
    return float(ImageStat.Stat(image.convert("L").crop((left_edge, 0, left_edge + 320, 480))).mean[0])


def test_a_large_picture_becomes_small_and_keeps_its_shape() -> None:
    """Twelve million pixels, as a phone makes them."""
    image = decoded(reduced(encoded(drawn(4_000, 3_000), "JPEG")))
    assert image.size == (EDGE, 960)


def test_a_photograph_is_turned_as_it_was_held_and_loses_what_stands_beside_it() -> None:
    """Neither maker nor place, neither profile nor XMP."""
    photograph = encoded(
        drawn(), "JPEG", exif=EXIF, icc_profile=b"a profile", xmp=b"<x:xmpmeta>secret</x:xmpmeta>"
    )
    assert b"Maker of secrets" in photograph
    content = reduced(photograph)
    image = decoded(content)
    assert image.size == (480, 640)
    assert not {"exif", "xmp", "icc_profile"} & set(image.info)
    for secret in (b"Maker of secrets", b"xmpmeta", b"a profile", b"2026:01:05"):
        assert secret not in content


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_transparency_stays(format: str) -> None:
    """A drawing looks right on dark and on light pages."""
    picture = drawn(mode="RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 100, 100))
    image = decoded(reduced(encoded(picture, format)))
    alpha = image.getchannel("A")
    assert (alpha.getpixel((50, 50)), alpha.getpixel((200, 200))) == (0, 255)


def test_of_an_animation_the_first_frame_is_kept() -> None:
    """Nothing moves beside a question."""
    frames = [drawn(), drawn().transpose(Image.Transpose.FLIP_LEFT_RIGHT)]
    animation = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    image = decoded(reduced(animation))
    assert getattr(image, "n_frames", 1) == 1
    pixel = image.convert("RGB").getpixel((100, 240))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 150


def _png_of(width: int, height: int, *, rows: int) -> bytes:
    """A PNG that says it is so large, and holds so many rows of one colour: they take next to nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packer = zlib.compressobj(1)
    pixels = b"".join(packer.compress(bytes(width + 1)) for _ in range(rows)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(4_001, 3_000), (30_000, 30_000)])
def test_a_picture_of_too_many_pixels_is_not_decoded(width: int, height: int) -> None:
    """A bomb: a few kilobytes that would swell to gigabytes."""
    with pytest.raises(TooManyPixels):
        reduced(_png_of(width, height, rows=100))


def test_what_breaks_a_decoder_is_no_picture() -> None:
    """Whichever error it meets."""
    whole = encoded(drawn(), "PNG")
    for place in range(8, len(whole), 97):
        broken = bytearray(whole)
        broken[place] ^= 0xFF
        try:
            reduced(bytes(broken))
        except NoImage:
            continue


SWELLS = (
    "import sys; sys.path.insert(0, '.'); from gateway.images import __main__ as m; m._bound(); b'x' * (1 << 30)"
)


@pytest.mark.parametrize(
    "code",
    ["import os; os.kill(os.getpid(), 11)", SWELLS, "while True: pass", "raise SystemExit(0)"],
    ids=["crashes", "swells", "hangs", "says nothing"],
)
async def test_a_decoder_that_misbehaves_takes_nobody_with_it(code: str) -> None:
    """The picture is refused, and the next one is taken."""
    process = ImageProcess(command=(sys.executable, "-c", code), within_s=1.0)
    with pytest.raises(Refusal) as refused:
        await process.reduced(b"picture")
    assert refused.value.code is RefusalCode.IMAGE_INVALID
    assert decoded(await ImageProcess().reduced(encoded(drawn(), "PNG"))).size == (640, 480)


async def test_a_decoder_learns_none_of_the_gateways_secrets() -> None:
    """It gets a picture, and where Python's modules are."""
    code = "import os, sys; sys.stdout.write(','.join(sorted(os.environ)))"
    process = ImageProcess(command=(sys.executable, "-c", code))
    names = set((await process.reduced(b"")).decode().split(","))
    assert names <= {"PYTHONPATH", "LC_CTYPE"}  # LC_CTYPE: Python's own, where none is set (PEP 538)


async def test_pictures_wait_for_each_other_in_a_queue_with_an_end(tmp_path: Path) -> None:
    """Whoever comes when it is full is told to come again."""
    begun = tmp_path / "begun"
    code = f"import pathlib, time; pathlib.Path({str(begun)!r}).touch(); time.sleep(60)"
    process = ImageProcess(command=(sys.executable, "-c", code), within_s=60.0)
    waiting = [asyncio.create_task(process.reduced(b"")) for _ in range(9)]
    await until(begun.exists)
    with pytest.raises(TransientFailure):
        await process.reduced(b"")
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


def _stored(name: str, size: int) -> StoredImage:
    return StoredImage(name=name, media_type="image/webp", content=bytes(size), owner_id="a")


async def test_a_hall_that_asks_at_once_is_one_question_to_the_store() -> None:
    """And none afterwards, while the picture is among those kept."""
    system = MemorySystem()
    copies = ImageCopies(system.images, most_bytes=100)
    await system.images.add(_stored("first", 60))
    found = await asyncio.gather(*(copies.get("first") for _ in range(100)))
    assert {image.name for image in found if image is not None} == {"first"}
    assert system.faults.calls.count("MemoryImages.get") == 1
    for name in ("second", "third"):
        await system.images.add(_stored(name, 60))
        await copies.get(name)
    await copies.get("first")
    assert system.faults.calls.count("MemoryImages.get") == 4


async def test_a_picture_that_came_after_it_was_asked_for_is_found() -> None:
    """A miss is not remembered; one too large to keep is served all the same."""
    system = MemorySystem()
    copies = ImageCopies(system.images, most_bytes=100)
    assert await copies.get("late") is None
    await system.images.add(_stored("late", 200))
    for _ in range(2):
        assert await copies.get("late") == _stored("late", 200)
