"""The runner and the gateways as processes. What a gateway is, its Deployment manifest says."""

import os
import sys
import sysconfig
from collections.abc import Mapping
from types import MappingProxyType

from knative.local.home import CHECKOUT
from knative.local.process import ProcessSpec, base_environment, program_path
from knative.local.runner.manifests import Deployment, Values, command_line, resolve_environment
from knative.local.runner.remote import SinkTemplate
from knative.local.servers.probes import answers

MANIFESTS = CHECKOUT / "knative" / "overlays" / "local"
_DRAIN_WITHIN_S = 30.0
_NOTHING: Mapping[str, str] = MappingProxyType({})


def runner_spec(
    *,
    port: int,
    values_file: str,
    elsewhere: SinkTemplate | None = None,
    more: Mapping[str, str] = _NOTHING,
    functions: Mapping[str, str] = _NOTHING,
) -> ProcessSpec:
    """The local stand-in for Knative; it starts and ends the functions, unless their Services are `elsewhere`.

    `more` variables are its own, `functions` those of every function.
    """
    sources_only: tuple[str, ...] = ()
    if elsewhere is not None:
        sources_only = ("--sources-only", f"--sink-url={elsewhere.url}", f"--sink-host={elsewhere.host}")
    return ProcessSpec(
        name="runner",
        command=(
            sys.executable,
            "-m",
            "knative.local.runner",
            f"--manifests={MANIFESTS}",
            f"--port={port}",
            f"--values={values_file}",
            *sources_only,
            *(f"--set={name}={value}" for name, value in functions.items()),
        ),
        environment={**_program_environment(), **more},
        directory=CHECKOUT,
        is_ready=lambda: _is_ok(port, "/healthz"),
        stop_within_s=_DRAIN_WITHIN_S,
    )


def gateway_spec(
    deployment: Deployment,
    *,
    replica: int,
    host: str,
    port: int,
    values: Values,
    more: Mapping[str, str] = _NOTHING,
) -> ProcessSpec:
    """One replica, with the command and environment of the manifest, on an address of this machine."""
    name = f"{deployment.name}-{replica}"
    own = {"fieldRef": {"metadata.name": name}}
    environment = {
        **_program_environment(),
        **resolve_environment(deployment.container, {**values, **own}),
        "PORT": str(port),
        "QUIZLINE_GATEWAY_HOST": host,
        **more,
    }
    program, *arguments = command_line(deployment.container, environment)
    return ProcessSpec(
        name=name,
        command=(program_path(program, environment), *arguments),
        environment=environment,
        directory=CHECKOUT,
        is_ready=lambda: _is_ok(port, "/readyz"),
        stop_within_s=_DRAIN_WITHIN_S,
    )


def _program_environment() -> dict[str, str]:
    """Our own programs first on the PATH; lines come out as they are printed."""
    inherited = base_environment()
    path = os.pathsep.join((sysconfig.get_path("scripts"), inherited.get("PATH", os.defpath)))
    return {**inherited, "PATH": path, "PYTHONUNBUFFERED": "1"}


async def _is_ok(port: int, path: str) -> bool:
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
    return await answers(port, request=request, reply=b"HTTP/1.1 200")
