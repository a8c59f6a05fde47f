"""A Knative cluster as a target: kubectl's current context, addresses from the environment (docs/cluster-test.md).

Owns nothing there but what a test ends or rolls: deploying is somebody else's, before.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from knative.local.play.audit import Addresses
from knative.local.runner.remote import SinkTemplate
from shared.config import KafkaSecurity, kafka_security
from tests.e2e.kubectl import kubectl, kubectl_json
from tests.e2e.system import FUNCTIONS, GATEWAY, Receiver, until

SERVICE_LABEL = "serving.knative.dev/service"
STARTED_WITHIN_S = 60.0
ROLLED_WITHIN_S = 180.0


class NotNamed(Exception):
    """A variable that the target needs is not set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterAddresses:
    """Where the tests reach the cluster's parts. URLs may carry credentials, so they stay out of `repr`."""

    namespace: str
    gateway_urls: tuple[str, ...]
    kafka: str
    kafka_security: KafkaSecurity
    mongodb: str = field(repr=False)
    redis: str = field(repr=False)
    sink: SinkTemplate


async def cluster_addresses(environment: Mapping[str, str]) -> ClusterAddresses:
    """Kafka, MongoDB and Redis must be named; for the rest the cluster is asked. Raises NotNamed, SettingError."""
    namespace = environment.get("QUIZLINE_E2E_NAMESPACE", "quizline")
    urls = environment.get("QUIZLINE_E2E_URL") or await _gateway_url(namespace)
    sink_url = environment.get("QUIZLINE_E2E_SINK_URL") or await _ingress_url(namespace)
    sink_host = environment.get("QUIZLINE_E2E_SINK_HOST", f"{{name}}.{namespace}.svc.cluster.local")
    return ClusterAddresses(
        namespace=namespace,
        gateway_urls=tuple(urls.split(",")),
        kafka=_named(environment, "QUIZLINE_E2E_KAFKA"),
        kafka_security=kafka_security(environment),
        mongodb=_named(environment, "QUIZLINE_E2E_MONGODB"),
        redis=_named(environment, "QUIZLINE_E2E_REDIS"),
        sink=SinkTemplate(url=sink_url, host=sink_host),
    )


class ClusterSystem:
    """Parts are pods."""

    def __init__(self, addresses: ClusterAddresses) -> None:
        self._at = addresses

    @property
    def addresses(self) -> Addresses:
        at = self._at
        return Addresses(
            gateway_urls=at.gateway_urls, kafka=at.kafka, mongodb=at.mongodb, kafka_security=at.kafka_security
        )

    @property
    def redis_url(self) -> str:
        return self._at.redis

    def receiver(self, function: str) -> Receiver:
        return Receiver(url=self._at.sink.url_of(function), headers=self._at.sink.headers_of(function))

    async def instances(self) -> dict[str, int]:
        """Without pods that are being ended: nothing is sent to them, but their queue-proxy stays another 30 s."""
        pods = _staying((await self._get("pods", f"--selector={SERVICE_LABEL}"))["items"])
        of = [pod["metadata"]["labels"][SERVICE_LABEL] for pod in pods]
        return {name: of.count(name) for name in FUNCTIONS}

    async def kill(self, kind: str) -> None:
        names: list[str] = []

        async def is_there() -> bool:
            names[:] = await self._running_pods(kind)
            return bool(names)

        await until(is_there, what=f"a pod of {kind}", within_s=STARTED_WITHIN_S)
        doomed = names[:1] if kind == GATEWAY else names
        await self._kubectl("delete", "pods", *doomed, "--grace-period=0", "--force", "--wait=false")

    async def rollout(self, kind: str) -> None:
        if kind == GATEWAY:
            await self._kubectl("rollout", "restart", "deployment/gateway")
            await self._kubectl("rollout", "status", "deployment/gateway", f"--timeout={ROLLED_WITHIN_S:g}s")
            return
        annotations = f'{{"quizline.app/rolled-at":"{time.time_ns()}"}}'
        patch = f'{{"spec":{{"template":{{"metadata":{{"annotations":{annotations}}}}}}}}}'
        await self._kubectl("patch", f"services.serving.knative.dev/{kind}", "--type=merge", f"--patch={patch}")
        await until(lambda: self._is_rolled(kind), what=f"{kind} to be rolled out", within_s=ROLLED_WITHIN_S)

    async def _running_pods(self, kind: str) -> list[str]:
        """By name, those with a process that is not being ended."""
        label = f"app.kubernetes.io/name={kind}" if kind == GATEWAY else f"{SERVICE_LABEL}={kind}"
        pods = (await self._get("pods", f"--selector={label}", "--field-selector=status.phase=Running"))["items"]
        return [pod["metadata"]["name"] for pod in _staying(pods)]

    async def _is_rolled(self, function: str) -> bool:
        service = await self._get(f"services.serving.knative.dev/{function}")
        ready = {one["type"]: one["status"] for one in service["status"]["conditions"]}["Ready"]
        return (
            bool(service["status"]["observedGeneration"] == service["metadata"]["generation"]) and ready == "True"
        )

    async def _get(self, *arguments: str) -> Any:
        return await kubectl_json("get", f"--namespace={self._at.namespace}", *arguments)

    async def _kubectl(self, *arguments: str) -> str:
        return await kubectl(f"--namespace={self._at.namespace}", *arguments)


def _staying(pods: list[Any]) -> list[Any]:
    return [pod for pod in pods if "deletionTimestamp" not in pod["metadata"]]


def _named(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not value:
        raise NotNamed(f"{name}: expected an address that the cluster's stores have here, got none")
    return value


async def _gateway_url(namespace: str) -> str:
    service = await kubectl_json("get", "service", "gateway", f"--namespace={namespace}")
    return f"http://{service['spec']['clusterIP']}:{service['spec']['ports'][0]['port']}"


async def _ingress_url(namespace: str) -> str:
    """Of whatever Knative sends cluster-local requests through: where a function's own Service points."""
    alias = await kubectl_json("get", "service", FUNCTIONS[0], f"--namespace={namespace}")
    name, ingress_namespace, *_ = alias["spec"]["externalName"].split(".")
    ingress = await kubectl_json("get", "service", name, f"--namespace={ingress_namespace}")
    return f"http://{ingress['spec']['clusterIP']}"
