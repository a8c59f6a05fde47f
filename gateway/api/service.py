"""Routes for those who run it: alive, ready, metrics, the API's description."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from gateway.metrics import Gauge, exposition
from gateway.readiness import Readiness

JSON = "application/json"


def service_routes(
    *, readiness: Readiness, gauges: Callable[[], Sequence[Gauge]], description: dict[str, Any]
) -> list[Route]:
    """None of them asks for a token or counts towards a limit."""
    encoded_description = msgspec.json.encode(description)

    async def healthz(_: Request) -> Response:
        return Response(b'{"status":"alive"}', media_type=JSON)

    async def readyz(_: Request) -> Response:
        problems = readiness.problems()
        body = {"status": "not ready" if problems else "ready", "problems": problems}
        return Response(msgspec.json.encode(body), 503 if problems else 200, media_type=JSON)

    async def metrics(_: Request) -> Response:
        return PlainTextResponse(exposition(gauges()), media_type="text/plain; version=0.0.4")

    async def openapi(_: Request) -> Response:
        return Response(encoded_description, media_type=JSON)

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
        Route("/openapi.json", openapi),
    ]
