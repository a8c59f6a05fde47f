"""What surrounds every request: its id, its trace, the log context, headers that protect pages."""

import re
import uuid

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway import trace

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",  # none inline, none of others
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' https: data:",  # questions show images from anywhere
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS = {
    "content-security-policy": _CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class RequestContext:
    """ASGI middleware around the HTTP part."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        request_id = _accepted_id(request.headers.get("x-request-id"))
        traceparent = trace.accepted(request.headers.get("traceparent"))
        scope["quizline.traceparent"] = traceparent

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        trace_id = traceparent.split("-")[1]
        with structlog.contextvars.bound_contextvars(**{"http.request.id": request_id, "trace.id": trace_id}):
            await self._app(scope, receive, send_with_headers)


def traceparent_of(request: Request) -> str:
    """The request's trace, as the middleware found or began it."""
    traceparent: str = request.scope["quizline.traceparent"]
    return traceparent


def _accepted_id(given: str | None) -> str:
    return given if given is not None and _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
