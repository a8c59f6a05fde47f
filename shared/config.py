"""Settings, read once from the environment by a composition root. No other module reads the environment.

Every variable here stands in a manifest under knative/, and the other way round: tests/manifests checks it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network


class SettingError(Exception):
    """A variable is missing or wrong; the message names it. It stops the start."""


SECURITY_PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
GUEST_HOSTS = ("off", "on", "machine")
SASL_MECHANISMS = ("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN")


@dataclass(frozen=True, slots=True, kw_only=True)
class KafkaSecurity:
    """How Kafka is reached, in its own words. User and password are there with the SASL protocols; `ca_file` names
    the certificates to trust with the SSL ones, empty meaning those of the system.
    """

    protocol: str = "PLAINTEXT"
    sasl_mechanism: str = "SCRAM-SHA-512"
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    ca_file: str = ""

    @property
    def uses_tls(self) -> bool:
        return self.protocol in {"SSL", "SASL_SSL"}

    @property
    def uses_sasl(self) -> bool:
        return self.protocol in {"SASL_PLAINTEXT", "SASL_SSL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionSettings:
    """What every function needs. URLs may carry credentials, so they stay out of `repr`."""

    kafka_bootstrap: str
    kafka_security: KafkaSecurity
    mongodb_url: str = field(repr=False)
    mongodb_database: str
    redis_url: str = field(repr=False)
    log_level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewaySettings(FunctionSettings):
    """What the gateway needs beyond that.

    `gateway_id` names this process among its siblings (the pod's name). `allowed_origins`: which pages may open a
    WebSocket, comma-separated; empty means only pages that this gateway served itself. `trusted_proxies`: whose
    X-Forwarded-For is believed, addresses and networks; empty means nobody's. `guest_hosts`: whether anybody may
    write quizzes and open sessions.
    """

    gateway_id: str
    token_secret: str = field(repr=False)
    allowed_origins: tuple[str, ...]
    trusted_proxies: tuple[str, ...]
    guest_hosts: str
    host: str
    port: int


def function_settings(environment: Mapping[str, str]) -> FunctionSettings:
    """Raises SettingError, naming the variable."""
    return FunctionSettings(
        kafka_bootstrap=_required(environment, "QUIZLINE_KAFKA_BOOTSTRAP"),
        kafka_security=kafka_security(environment),
        mongodb_url=_required(environment, "QUIZLINE_MONGODB_URL"),
        mongodb_database=environment.get("QUIZLINE_MONGODB_DATABASE", "quizline"),
        redis_url=_required(environment, "QUIZLINE_REDIS_URL"),
        log_level=environment.get("QUIZLINE_LOG_LEVEL", "INFO").upper(),
    )


def gateway_settings(environment: Mapping[str, str]) -> GatewaySettings:
    """Raises SettingError, naming the variable."""
    common = function_settings(environment)
    secret = _required(environment, "QUIZLINE_TOKEN_SECRET")
    if len(secret) < 32:
        raise SettingError(f"QUIZLINE_TOKEN_SECRET: expected at least 32 characters, got {len(secret)}")
    return GatewaySettings(
        kafka_bootstrap=common.kafka_bootstrap,
        kafka_security=common.kafka_security,
        mongodb_url=common.mongodb_url,
        mongodb_database=common.mongodb_database,
        redis_url=common.redis_url,
        log_level=common.log_level,
        gateway_id=_required(environment, "QUIZLINE_GATEWAY_ID"),
        token_secret=secret,
        allowed_origins=_listed(environment.get("QUIZLINE_ALLOWED_ORIGINS", "")),
        trusted_proxies=_networks(environment, "QUIZLINE_TRUSTED_PROXIES"),
        guest_hosts=_one_of(GUEST_HOSTS, environment, "QUIZLINE_GUEST_HOSTS"),
        host=environment.get("QUIZLINE_GATEWAY_HOST", "0.0.0.0"),  # noqa: S104 - a container's only interface
        port=_port(environment.get("PORT", "8080")),
    )


def kafka_security(environment: Mapping[str, str]) -> KafkaSecurity:
    security = KafkaSecurity(
        protocol=_one_of(SECURITY_PROTOCOLS, environment, "QUIZLINE_KAFKA_SECURITY_PROTOCOL"),
        sasl_mechanism=_one_of(SASL_MECHANISMS, environment, "QUIZLINE_KAFKA_SASL_MECHANISM"),
        username=environment.get("QUIZLINE_KAFKA_USERNAME", ""),
        password=environment.get("QUIZLINE_KAFKA_PASSWORD", ""),
        ca_file=environment.get("QUIZLINE_KAFKA_CA_FILE", ""),
    )
    if security.uses_sasl:
        _required(environment, "QUIZLINE_KAFKA_USERNAME")
        _required(environment, "QUIZLINE_KAFKA_PASSWORD")
    return security


def _one_of(choices: tuple[str, ...], environment: Mapping[str, str], name: str) -> str:
    """The first choice where nothing is set."""
    value = environment.get(name, "") or choices[0]
    if value not in choices:
        raise SettingError(f"{name}: expected one of {', '.join(choices)}, got {value!r}")
    return value


def _required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not value:
        raise SettingError(f"{name}: expected a value, got none")
    return value


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _networks(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    networks = _listed(environment.get(name, ""))
    for network in networks:
        try:
            ip_network(network)
        except ValueError as error:
            raise SettingError(f"{name}: expected addresses or networks like 10.0.0.0/8, got {error}") from error
    return networks


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65_535:
        raise SettingError(f"PORT: expected a number from 0 to 65535, got {text!r}")
    return int(text)
