"""/images/NAME: pictures never change, so whoever has one never asks again."""

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.api.errors import error_response, response_to
from gateway.images.copies import ImageCopies
from gateway.pages import IMMUTABLE
from shared.domain.errors import TransientFailure

_NAME = re.compile(r"[0-9a-f]{64}\.webp")
# Opened by itself, a picture runs nothing and loads nothing.
_CONTENT_SECURITY_POLICY = "default-src 'none'; sandbox"


def image_routes(copies: ImageCopies) -> list[Route]:
    """For anybody who has a picture's address, which nobody can guess."""

    async def show(request: Request) -> Response:
        name = request.path_params["name"]
        if _NAME.fullmatch(name) is None:
            return _unknown()
        headers = {
            "cache-control": IMMUTABLE,
            "etag": f'"{name}"',
            "content-security-policy": _CONTENT_SECURITY_POLICY,
        }
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        try:
            image = await copies.get(name)
        except TransientFailure as failure:
            return response_to(failure)
        return _unknown() if image is None else Response(image.content, 200, headers, media_type=image.media_type)

    return [Route("/images/{name}", show, methods=["GET"], name="show_image")]


def _unknown() -> Response:
    return error_response(404, "image_unknown", "expected the address of a picture")
