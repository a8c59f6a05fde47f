"""What a part prints is kept by line, bounded."""

import asyncio
from pathlib import Path

from knative.local.process_log import ProcessLog


async def copied(tmp_path: Path, *chunks: bytes) -> tuple[list[str], ProcessLog]:
    """What the echo was told after all chunks, one read each at most."""
    echoed: list[str] = []
    log = ProcessLog(name="part", directory=tmp_path, echo=lambda name, line: echoed.append(line))
    stream = asyncio.StreamReader()
    for chunk in chunks:
        stream.feed_data(chunk)
    stream.feed_eof()
    await log.copy(stream)
    log.close()
    return echoed, log


async def test_log_of_lines_echoes_and_keeps_each(tmp_path: Path) -> None:
    """Also a last one without its end, and bytes that are no UTF-8."""
    echoed, log = await copied(tmp_path, b"one\r\ntw", b"o\n\xff\nthree")
    assert echoed == ["one", "two", "\ufffd", "three"]
    assert log.tail == echoed
    assert (tmp_path / "part.log").read_text() == "one\ntwo\n\ufffd\nthree\n"


async def test_log_of_an_endless_line_cuts_it(tmp_path: Path) -> None:
    """Memory stays bounded whatever a part prints."""
    echoed, _ = await copied(tmp_path, b"x" * 100_000)
    assert len(echoed) > 1
    assert max(len(line) for line in echoed) <= 32 * 1024
    assert sum(len(line) for line in echoed) == 100_000
