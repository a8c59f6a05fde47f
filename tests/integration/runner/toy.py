"""A function that asks the test what to answer: it passes each request to TOY_RECORDER and returns that status.

Run as a process by the runner, with PORT and TOY_RECORDER. Without the file TOY_FAILS_UNTIL it fails to start,
and makes it.
"""

import os
from pathlib import Path

import aiohttp
from aiohttp import web


async def _answer(request: web.Request) -> web.Response:
    headers = {name: value for name, value in request.headers.items() if name.lower().startswith("ce-")}
    headers["x-pid"] = str(os.getpid())
    headers["x-content-type"] = request.headers.get("content-type", "none")
    async with (
        aiohttp.ClientSession(skip_auto_headers=("Content-Type",)) as http,
        http.post(os.environ["TOY_RECORDER"], data=await request.read(), headers=headers) as answer,
    ):
        return web.Response(status=answer.status, body=await answer.read())


def main() -> None:
    print("toy starts", flush=True)
    mark = Path(os.environ["TOY_FAILS_UNTIL"])
    if not mark.exists():
        mark.touch()
        raise SystemExit("toy fails this once")
    app = web.Application()
    app.add_routes([web.post("/", _answer)])
    web.run_app(app, port=int(os.environ["PORT"]), print=None, access_log=None, shutdown_timeout=5)


if __name__ == "__main__":
    main()
