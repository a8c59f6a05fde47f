"""The web client as gateway/web/dist has it: NAME.html at /NAME, index.html at /, the rest at /assets.

Everything is read once, at the start, with the compressed forms that the build made; nothing is compressed per
request. Refuses to start without a build.
"""

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

DIST = Path(__file__).parent / "web" / "dist"
# The name of an asset holds a hash of its content; a page names its assets, so it is asked for every time.
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATED = "no-cache"
# By preference: the ending of the compressed form, and the name of its coding.
_CODINGS = {"br": ".br", "gzip": ".gz"}
_COMPRESSED = frozenset(_CODINGS.values())


class PagesMissing(Exception):
    """There is no built web client."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFile:
    """One file: its content in each coding that there is of it ("" is none)."""

    contents: Mapping[str, bytes]
    media_type: str
    cache_control: str
    tag: str

    def response(self, request: Request) -> Response:
        """In the first coding that the client takes; 304 when it has this very content."""
        headers = {"cache-control": self.cache_control, "vary": "accept-encoding", "etag": self.tag}
        if request.headers.get("if-none-match") == self.tag:
            return Response(status_code=304, headers=headers)
        accepted = _accepted(request.headers.get("accept-encoding", ""))
        coding = next((coding for coding in _CODINGS if coding in accepted and coding in self.contents), "")
        if coding:
            headers["content-encoding"] = coding
        return Response(self.contents[coding], media_type=self.media_type, headers=headers)


@dataclass(frozen=True, slots=True)
class Pages:
    """By path. Empty: no pages are served."""

    files: Mapping[str, PageFile] = field(default_factory=dict)

    def routes(self) -> list[BaseRoute]:
        return [Route(path, file.response) for path, file in self.files.items()]


def load_pages(folder: Path = DIST) -> Pages:
    """Raises PagesMissing."""
    if not (folder / "index.html").is_file():
        raise PagesMissing(f"expected the built web client in {folder}, found none; `make web` builds it")
    pages = {f"/{page.stem.removeprefix('index')}": _file(page, REVALIDATED) for page in folder.glob("*.html")}
    assets = {
        f"/assets/{asset.name}": _file(asset, IMMUTABLE)
        for asset in folder.glob("assets/*")
        if asset.suffix not in _COMPRESSED
    }
    return Pages({**pages, **assets})


def _file(path: Path, cache_control: str) -> PageFile:
    forms = {coding: path.with_name(path.name + ending) for coding, ending in _CODINGS.items()}
    plain = path.read_bytes()
    return PageFile(
        contents={"": plain, **{coding: form.read_bytes() for coding, form in forms.items() if form.is_file()}},
        media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        cache_control=cache_control,
        # Weak: the same for every coding of a content.
        tag=f'W/"{hashlib.sha256(plain).hexdigest()[:20]}"',
    )


def _accepted(header: str) -> frozenset[str]:
    """The codings of an Accept-Encoding header, without those refused by q=0 (RFC 9110, section 12.5.3)."""
    offers = (offer.partition(";") for offer in header.lower().split(","))
    return frozenset(
        coding.strip() for coding, _, weight in offers if weight.replace(" ", "").rstrip("0") not in {"q=", "q=0."}
    )
