"""The built web client as the gateway serves it: what is cached how, in which coding, under which policy."""

from pathlib import Path

import pytest

from gateway.pages import IMMUTABLE, PagesMissing, load_pages
from tests.unit.gateway.stage import Running, Stage


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """What a build leaves: a page, and an asset in three codings."""
    assets = tmp_path / "assets"
    assets.mkdir()
    for page in ("index", "host"):
        (tmp_path / f"{page}.html").write_text(f"<!doctype html><title>{page}</title>")
    (assets / "index-abc.js").write_text("export {}")
    (assets / "index-abc.js.br").write_bytes(b"brotli")
    (assets / "index-abc.js.gz").write_bytes(b"gzip")
    return tmp_path


@pytest.fixture
async def serving(stage: Stage, dist: Path) -> Running:
    return await stage.start(pages=load_pages(dist))


async def test_a_page_is_served_with_headers_that_protect_it(serving: Running) -> None:
    """No inline script, no framing, no guessing of types; asked for every time."""
    for path in ("/", "/host"):
        async with serving.http.get(serving.url + path) as response:
            assert response.status == 200
            assert response.headers["Content-Type"].startswith("text/html")
            policy = response.headers["Content-Security-Policy"]
            assert "script-src 'self';" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Cache-Control"] == "no-cache"


async def test_an_asset_may_be_kept_for_ever(serving: Running) -> None:
    """Its name holds the hash of its content."""
    async with serving.http.get(f"{serving.url}/assets/index-abc.js") as response:
        assert response.headers["Cache-Control"] == IMMUTABLE
        assert response.headers["Content-Type"].startswith("text/javascript")


@pytest.mark.parametrize(
    ("accepted", "coding", "body"),
    [
        ("gzip, deflate, br", "br", b"brotli"),
        ("gzip;q=1.0, br;q=0", "gzip", b"gzip"),
        ("br;q=0.000, GZIP ;q=0.5", "gzip", b"gzip"),
        ("identity", None, b"export {}"),
        ("", None, b"export {}"),
    ],
)
async def test_an_asset_comes_in_the_best_coding_that_the_client_takes(
    serving: Running, accepted: str, coding: str | None, body: bytes
) -> None:
    """Compressed while it was built; a cache on the way is told what it depends on."""
    request = serving.http.get(
        f"{serving.url}/assets/index-abc.js", headers={"Accept-Encoding": accepted}, auto_decompress=False
    )
    async with request as response:
        assert response.headers.get("Content-Encoding") == coding
        assert response.headers["Vary"] == "accept-encoding"
        assert await response.read() == body


async def test_a_page_that_the_client_has_is_not_sent_again(serving: Running) -> None:
    """304 to its own tag."""
    async with serving.http.get(serving.url) as response:
        tag = response.headers["ETag"]
    async with serving.http.get(serving.url, headers={"If-None-Match": tag}) as response:
        assert response.status == 304
        assert await response.read() == b""


async def test_a_path_that_the_build_did_not_make_is_not_there(serving: Running) -> None:
    """No file but those of the build, whatever the path says."""
    for path in ("/screen", "/assets/%2e%2e/index.html", "/assets/index-abc.js.br", "/index.html"):
        async with serving.http.get(serving.url + path) as response:
            assert response.status == 404


def test_pages_without_a_build_say_how_to_make_one(tmp_path: Path) -> None:
    """The gateway does not start without."""
    with pytest.raises(PagesMissing, match="make web"):
        load_pages(tmp_path)
