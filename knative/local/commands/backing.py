"""`quizline backing`: the servers and sources that a cluster for trying lacks, until Ctrl-C or SIGTERM."""

import asyncio

from knative.local.backing import BackingServices
from knative.local.commands.failure import CommandRefused, failures
from knative.local.home import Home, home_from
from knative.local.interrupt import run_until_stopped
from knative.local.runner.remote import SinkTemplate, TemplateError
from knative.local.servers.embedded import Addresses, Ports
from knative.local.terminal import ConsoleEcho, start_progress


def backing(*, host: str, ports: tuple[int, int, int], sink_url: str, sink_host: str) -> None:
    """Returns when it was asked to stop and everything is down."""
    with failures():
        services = BackingServices(
            home=Home(home_from().root / "backing"),
            echo=ConsoleEcho(),
            progress=start_progress(),
            host=host,
            ports=Ports(*ports),
            elsewhere=_template(sink_url, sink_host),
        )
        run_until_stopped(_stay(services), kill_now=services.kill_now)


def _template(url: str, host: str) -> SinkTemplate | None:
    """Raises CommandRefused."""
    if not url:
        return None
    try:
        return SinkTemplate(url=url, host=host)
    except TemplateError as error:
        raise CommandRefused(str(error)) from error


async def _stay(services: BackingServices) -> None:
    async with services:
        for line in _announcement(services.addresses):
            print(line, flush=True)
        await asyncio.Event().wait()


def _announcement(addresses: Addresses) -> list[str]:
    """As the end-to-end tests read it from their environment."""
    return [
        "",
        "The backing services are up. Ctrl-C ends them.",
        f"  QUIZLINE_E2E_KAFKA={addresses.kafka_bootstrap}",
        f"  QUIZLINE_E2E_MONGODB={addresses.mongodb_url}",
        f"  QUIZLINE_E2E_REDIS={addresses.redis_url}",
        "",
    ]
