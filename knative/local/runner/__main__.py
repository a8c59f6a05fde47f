"""`python -m knative.local.runner --manifests FOLDER --port P --values VALUES.json`: until SIGTERM or SIGINT.

With `--sources-only --sink-url 'http://{name}.quizline.svc.cluster.local'` no function is started: events go to
the Services at those addresses.
"""

import argparse
import asyncio
import json
import logging
import signal
import time
from pathlib import Path

import uvloop
from aiohttp import web

from knative.local.runner.app import application
from knative.local.runner.autoscaler import ScalingError
from knative.local.runner.log_filter import Repetitions
from knative.local.runner.manifests import ManifestError, Manifests, Values, load
from knative.local.runner.remote import SinkTemplate, TemplateError
from knative.local.runner.runner import Runner, http_session, instances_here
from shared.collector import collect_rarely
from shared.observability.logging import configure_logging

_REPETITION_S = 10.0


def main() -> None:
    arguments = _arguments()
    configure_logging(service="runner", level=arguments.log_level)
    for handler in logging.getLogger().handlers:
        handler.addFilter(Repetitions(every_s=_REPETITION_S, now_s=time.monotonic))
    try:
        manifests = load(arguments.manifests)
        values = json.loads(arguments.values.read_text()) if arguments.values else {}
        uvloop.run(_run(manifests, values, arguments))
    except (ManifestError, ScalingError, TemplateError) as error:
        raise SystemExit(f"runner: {error}") from error


async def _run(manifests: Manifests, values: Values, arguments: argparse.Namespace) -> None:
    async with http_session() as session:
        runner = Runner(
            manifests,
            values,
            own_url=f"http://{arguments.host}:{arguments.port}",
            session=session,
            most_instances=arguments.max_instances,
            elsewhere=_elsewhere(arguments),
            more=dict(setting.split("=", 1) for setting in arguments.set),
        )
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, runner.stop)
        interface = web.AppRunner(application(runner), access_log=None)
        await interface.setup()
        await web.TCPSite(interface, arguments.host, arguments.port).start()
        collect_rarely()
        try:
            await runner.run()
        finally:
            await interface.cleanup()


def _elsewhere(arguments: argparse.Namespace) -> SinkTemplate | None:
    """Raises TemplateError."""
    if not arguments.sources_only:
        return None
    return SinkTemplate(url=arguments.sink_url, host=arguments.sink_host)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="knative.local.runner", description=__doc__)
    parser.add_argument("--manifests", type=Path, required=True, help="a folder with a kustomization.yaml")
    parser.add_argument("--port", type=int, required=True, help="of the runner's own HTTP interface")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--values", type=Path, help='JSON: {"configMap": {VAR: value}, "secret": {VAR: value}}')
    parser.add_argument(
        "--sources-only", action="store_true", help="start no function: its Service runs elsewhere"
    )
    parser.add_argument("--sink-url", default="", help="of a Service; {name} stands for the function's name")
    parser.add_argument("--sink-host", default="", help="Host header of every request; {name} as in --sink-url")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        type=_setting,
        metavar="NAME=VALUE",
        help="a variable for every function besides its manifest's: PYTHONDEVMODE=1, say",
    )
    parser.add_argument(
        "--max-instances",
        type=int,
        default=instances_here(),
        help="of each function; as this machine allows unless said",
    )
    parser.add_argument("--log-level", default="INFO")
    return parser.parse_args()


def _setting(text: str) -> str:
    if not text.partition("=")[1]:
        raise argparse.ArgumentTypeError(f"expected NAME=VALUE, got {text!r}")
    return text


if __name__ == "__main__":
    main()
