"""The typed view of the manifests: Knative Services, KafkaSources, KafkaSinks, Strimzi topics, Deployments.

Owns reading and what a container's environment and arguments come to. Fields that nobody here reads are ignored;
a field that is read and wrong raises ManifestError, which names the file and the place.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

# What configMapKeyRef, secretKeyRef and fieldRef resolve to, under "configMap", "secret" and "fieldRef".
Values = Mapping[str, Mapping[str, str]]

_KUSTOMIZE_FIELDS = {"apiVersion", "kind", "resources", "components", "metadata"}


class ManifestError(Exception):
    """A manifest is missing, malformed, or asks for what the runner does not do."""


class Model(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The base of every part of a manifest: camelCase there, snake_case here."""


class Metadata(Model, frozen=True):
    name: str
    annotations: dict[str, str] = {}


class KeyRef(Model, frozen=True):
    key: str
    name: str = ""
    optional: bool = False


class FieldRef(Model, frozen=True):
    field_path: str


class ValueFrom(Model, frozen=True):
    config_map_key_ref: KeyRef | None = None
    secret_key_ref: KeyRef | None = None
    field_ref: FieldRef | None = None


class EnvironmentVariable(Model, frozen=True):
    name: str
    value: str = ""
    value_from: ValueFrom | None = None


class Container(Model, frozen=True):
    image: str
    command: tuple[str, ...]
    args: tuple[str, ...] = ()
    env: tuple[EnvironmentVariable, ...] = ()


class PodSpec(Model, frozen=True):
    """`container_concurrency` 0 means without limit, as in Knative."""

    containers: tuple[Container, ...]
    container_concurrency: int = 0
    timeout_seconds: float = 300


class TemplateMetadata(Model, frozen=True):
    annotations: dict[str, str] = {}


class Template(Model, frozen=True):
    spec: PodSpec
    metadata: TemplateMetadata = TemplateMetadata()


class ServiceSpec(Model, frozen=True):
    template: Template


class Service(Model, frozen=True):
    """A Knative Service: one function."""

    metadata: Metadata
    spec: ServiceSpec

    @property
    def name(self) -> str:
        return self.metadata.name

    @property
    def pod(self) -> PodSpec:
        return self.spec.template.spec

    @property
    def container(self) -> Container:
        return self.pod.containers[0]

    @property
    def annotations(self) -> dict[str, str]:
        """Those of the template, where the autoscaler looks."""
        return self.spec.template.metadata.annotations


class Reference(Model, frozen=True):
    kind: str
    name: str


class Destination(Model, frozen=True):
    ref: Reference


class DeliverySpec(Model, frozen=True):
    """How a source delivers. The defaults are Knative's where a `delivery` stands but leaves a field out."""

    retry: int = 0
    backoff_policy: Literal["exponential", "linear"] = "exponential"
    backoff_delay: timedelta = timedelta(milliseconds=200)
    timeout: timedelta = timedelta(seconds=600)
    dead_letter_sink: Destination | None = None


# What Knative's control plane writes where a source has no `delivery` at all.
DEFAULT_DELIVERY = DeliverySpec(retry=10, backoff_delay=timedelta(milliseconds=300))


class KafkaSourceSpec(Model, frozen=True):
    topics: tuple[str, ...]
    consumer_group: str
    sink: Destination
    ordering: Literal["unordered"]
    initial_offset: Literal["earliest", "latest"] = "latest"
    consumers: int = 1
    delivery: DeliverySpec = DEFAULT_DELIVERY


class KafkaSource(Model, frozen=True):
    """Brings the events of its topics to one function. Only unordered ones: `ordered` is refused."""

    metadata: Metadata
    spec: KafkaSourceSpec

    @property
    def name(self) -> str:
        return self.metadata.name


class KafkaSinkSpec(Model, frozen=True):
    topic: str
    content_mode: Literal["binary"] = "binary"


class KafkaSink(Model, frozen=True):
    metadata: Metadata
    spec: KafkaSinkSpec

    @property
    def name(self) -> str:
        return self.metadata.name


class KafkaTopicSpec(Model, frozen=True):
    partitions: int
    replicas: int
    topic_name: str = ""
    config: dict[str, str | int] = {}


class KafkaTopic(Model, frozen=True):
    metadata: Metadata
    spec: KafkaTopicSpec

    @property
    def name(self) -> str:
        return self.spec.topic_name or self.metadata.name


class DeploymentSpec(Model, frozen=True):
    template: Template
    replicas: int = 1


class Deployment(Model, frozen=True):
    metadata: Metadata
    spec: DeploymentSpec

    @property
    def name(self) -> str:
        return self.metadata.name

    @property
    def replicas(self) -> int:
        return self.spec.replicas

    @property
    def container(self) -> Container:
        return self.spec.template.spec.containers[0]


class ConfigMap(Model, frozen=True):
    metadata: Metadata
    data: dict[str, str] = {}

    @property
    def name(self) -> str:
        return self.metadata.name


class Manifests(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was read, by name."""

    services: dict[str, Service]
    sources: dict[str, KafkaSource]
    sinks: dict[str, KafkaSink]
    topics: dict[str, KafkaTopic]
    deployments: dict[str, Deployment]
    config_maps: dict[str, ConfigMap]

    def values(self, given: Values) -> Values:
        """`given` over what the ConfigMaps say."""
        stated: dict[str, str] = {}
        for config_map in self.config_maps.values():
            stated.update(config_map.data)
        return {**given, "configMap": {**stated, **given.get("configMap", {})}}


_KINDS: dict[tuple[str, str], tuple[str, type[Model]]] = {
    ("serving.knative.dev/v1", "Service"): ("services", Service),
    ("sources.knative.dev/v1", "KafkaSource"): ("sources", KafkaSource),
    ("eventing.knative.dev/v1alpha1", "KafkaSink"): ("sinks", KafkaSink),
    ("kafka.strimzi.io/v1", "KafkaTopic"): ("topics", KafkaTopic),
    ("apps/v1", "Deployment"): ("deployments", Deployment),
    ("v1", "ConfigMap"): ("config_maps", ConfigMap),
}


def load(path: Path) -> Manifests:
    """What the kustomization.yaml in `path` lists, folders with theirs, or every *.yaml where there is none.

    Raises ManifestError, also for a kustomization that changes what it lists: that is kustomize's work.
    """
    found: dict[str, dict[str, Any]] = {kind: {} for kind, _ in _KINDS.values()}
    for file in _files(path):
        for document in _documents(file):
            known = _KINDS.get((str(document.get("apiVersion")), str(document.get("kind"))))
            if known is None:
                continue
            kind, model = known
            resource = _converted(document, model, file)
            if resource.name in found[kind]:
                raise ManifestError(f"{file}: expected one {document['kind']} {resource.name}, got a second one")
            found[kind][resource.name] = resource
    manifests = Manifests(**found)
    _check_references(manifests)
    return manifests


def resolve_environment(container: Container, values: Values) -> dict[str, str]:
    """The variables that `container` names. A key that `values` lacks is a ManifestError unless it is optional."""
    environment: dict[str, str] = {}
    for variable in container.env:
        value = variable.value if variable.value_from is None else _referred(variable, variable.value_from, values)
        if value is not None:
            environment[variable.name] = value
    return environment


def command_line(container: Container, environment: Mapping[str, str]) -> list[str]:
    """Command and arguments, each `$(NAME)` replaced where `environment` has that name, as Kubernetes does."""
    return [_expanded(part, environment) for part in (*container.command, *container.args)]


def _expanded(text: str, environment: Mapping[str, str]) -> str:
    return re.sub(r"\$\(([^)]+)\)", lambda match: environment.get(match[1], match[0]), text)


def _referred(variable: EnvironmentVariable, origin: ValueFrom, values: Values) -> str | None:
    for kind, reference in (("configMap", origin.config_map_key_ref), ("secret", origin.secret_key_ref)):
        if reference is not None:
            return _looked_up(variable.name, kind, reference.key, values, optional=reference.optional)
    if origin.field_ref is not None:
        return _looked_up(variable.name, "fieldRef", origin.field_ref.field_path, values, optional=False)
    raise ManifestError(f"{variable.name}: expected configMapKeyRef, secretKeyRef or fieldRef, got none of them")


def _looked_up(name: str, kind: str, key: str, values: Values, *, optional: bool) -> str | None:
    value = values.get(kind, {}).get(key)
    if value is None and not optional:
        raise ManifestError(f"{name}: expected {kind} to have {key}, got nothing")
    return value


def _files(path: Path) -> list[Path]:
    kustomization = path / "kustomization.yaml"
    if not kustomization.is_file():
        files = sorted(path.glob("*.yaml"))
        if not files:
            raise ManifestError(f"{path}: expected a folder of manifests, got no *.yaml")
        return files
    [document] = _documents(kustomization)
    more = set(document) - _KUSTOMIZE_FIELDS
    if more:
        raise ManifestError(
            f"{kustomization}: expected resources and components only, got {', '.join(sorted(more))}"
        )
    named = [path / name for name in (*document.get("resources", []), *document.get("components", []))]
    return [file for one in named for file in (_files(one) if one.is_dir() else [one])]


def _documents(file: Path) -> Iterator[dict[str, Any]]:
    try:
        documents = list(yaml.safe_load_all(file.read_text()))
    except (OSError, yaml.YAMLError) as error:
        raise ManifestError(f"{file}: expected YAML: {error}") from error
    return (document for document in documents if isinstance(document, dict))


def _converted(document: dict[str, Any], model: type[Model], file: Path) -> Any:
    try:
        return msgspec.convert(document, type=model)
    except msgspec.ValidationError as error:
        name = document.get("metadata", {}).get("name", "?")
        raise ManifestError(f"{file}: {document['kind']} {name}: {error}") from error


def _check_references(manifests: Manifests) -> None:
    for source in manifests.sources.values():
        sink, dead_letter = source.spec.sink.ref, source.spec.delivery.dead_letter_sink
        if sink.kind != "Service" or sink.name not in manifests.services:
            raise ManifestError(f"KafkaSource {source.name}: expected a Service of the manifests, got {sink.name}")
        if dead_letter is not None and dead_letter.ref.name not in manifests.sinks:
            raise ManifestError(
                f"KafkaSource {source.name}: expected a KafkaSink of the manifests, got {dead_letter.ref.name}"
            )
