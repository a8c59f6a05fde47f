"""What a phone loads before it can play: the built files, in the form that goes over the line."""

import re
from pathlib import Path

import pytest

from gateway.pages import DIST
from tests.browser.built_client import WEB, build_client

# The budget is 60 KB; this one keeps what was reached. Fewer files are worth a few kilobytes more.
PLAYER_FIRST_LOAD_BYTES = 37_000
OTHER_FIRST_LOAD_BYTES = 60_000


@pytest.fixture(scope="module")
def dist() -> Path:
    build_client()
    return DIST


def first_load(dist: Path, page: str) -> dict[str, int]:
    """Every file that the page names, and itself, in its brotli form."""
    named = re.findall(r'(?:src|href)="/([^"]+)"', (dist / page).read_text())
    return {name: (dist / f"{name}.br").stat().st_size for name in {page, *named}}


@pytest.mark.parametrize(
    ("page", "most_bytes"),
    [
        ("index.html", PLAYER_FIRST_LOAD_BYTES),
        ("host.html", OTHER_FIRST_LOAD_BYTES),
        ("screen.html", OTHER_FIRST_LOAD_BYTES),
    ],
)
def test_first_load_of_a_page_stays_within_its_budget(dist: Path, page: str, most_bytes: int) -> None:
    """On a slow line every kilobyte is seen."""
    sizes = first_load(dist, page)
    assert len(sizes) > 2
    assert sum(sizes.values()) <= most_bytes, sizes


@pytest.mark.parametrize("page", ["index.html", "host.html", "screen.html"])
def test_design_is_linked_before_what_a_page_adds_to_it(dist: Path, page: str) -> None:
    """Of two rules as specific the later one wins: that must be the page's."""
    first, *more = re.findall(r'rel="stylesheet"[^>]* href="/assets/([^"]+)"', (dist / page).read_text())
    assert first.startswith("design-")
    assert more


def test_animations_have_names_of_their_own() -> None:
    """A page takes the last one of a name, whichever file it was meant for."""
    sources = [file.read_text() for file in (WEB / "src").rglob("*.css")]
    names = [name for source in sources for name in re.findall(r"@keyframes ([\w-]+)", source)]
    assert len(names) == len(set(names)) > 0


def test_built_pages_have_nothing_inline_and_nothing_of_others(dist: Path) -> None:
    """What the security policy forbids is not even there."""
    for page in dist.glob("*.html"):
        text = page.read_text()
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text), page.name
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text), page.name


def test_every_asset_has_its_compressed_forms(dist: Path) -> None:
    """Nothing is compressed per request."""
    assets = [asset for asset in dist.glob("assets/*") if asset.suffix in {".js", ".css", ".svg"}]
    assert assets
    for asset in assets:
        assert asset.with_name(f"{asset.name}.br").exists()
        assert asset.with_name(f"{asset.name}.gz").exists()
