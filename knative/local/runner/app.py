"""The runner's HTTP interface: GET /healthz, GET /status, POST /functions/<name>. For this machine only."""

import asyncio

from aiohttp import web

from knative.local.runner.delivery import Unreachable
from knative.local.runner.runner import Runner

# A CloudEvent that Kafka would take.
_MAX_BODY_BYTES = 1_048_576
_FORWARDED = ("content-type", "traceparent")
_RUNNER = web.AppKey("runner", Runner)


def application(runner: Runner) -> web.Application:
    app = web.Application(client_max_size=_MAX_BODY_BYTES)
    app[_RUNNER] = runner
    app.add_routes(
        [
            web.get("/healthz", _health),
            web.get("/status", _status),
            web.post("/functions/{name}", _invoke),
        ]
    )
    return app


async def _health(request: web.Request) -> web.Response:
    """200 once every source has joined its group for the first time."""
    if request.app[_RUNNER].joined:
        return web.Response(text="ok")
    return web.Response(status=503, text="expected every source to have joined its group, got some that have not")


async def _status(request: web.Request) -> web.Response:
    return web.json_response({"functions": await request.app[_RUNNER].status()})


async def _invoke(request: web.Request) -> web.Response:
    """Pass one CloudEvent to the function, from zero if need be, and its answer back. One try, no dead letter."""
    name = request.match_info["name"]
    revision = request.app[_RUNNER].revisions.get(name)
    if revision is None:
        known = ", ".join(sorted(request.app[_RUNNER].revisions))
        return web.Response(status=404, text=f"expected one of {known}, got {name}")
    headers = {
        header.lower(): value
        for header, value in request.headers.items()
        if header.lower().startswith("ce-") or header.lower() in _FORWARDED
    }
    try:
        async with asyncio.timeout(revision.grace_s):
            answer = await revision.request(headers, await request.read())
    except Unreachable as error:
        return web.Response(status=502, text=str(error))
    except TimeoutError:
        return web.Response(status=504, text=f"expected an answer within {revision.grace_s:g} s, got none")
    return web.Response(status=answer.status, body=answer.body)
