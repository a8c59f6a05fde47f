"""Which variables the settings read, found by letting them read."""

from collections.abc import Callable, Mapping
from typing import Any

FRAMEWORK = {"FUNCTION_SOURCE", "FUNCTION_TARGET", "FUNCTION_SIGNATURE_TYPE"}
# Those that only a Kafka behind TLS and a password needs: the component kafka-security sets them.
KAFKA_SECURITY = {
    "QUIZLINE_KAFKA_SECURITY_PROTOCOL",
    "QUIZLINE_KAFKA_SASL_MECHANISM",
    "QUIZLINE_KAFKA_USERNAME",
    "QUIZLINE_KAFKA_PASSWORD",
    "QUIZLINE_KAFKA_CA_FILE",
}
SECRET = {"QUIZLINE_MONGODB_URL", "QUIZLINE_REDIS_URL", "QUIZLINE_TOKEN_SECRET"} | (
    KAFKA_SECURITY - {"QUIZLINE_KAFKA_CA_FILE"}
)
_FIT = {
    "PORT": "8080",
    "QUIZLINE_TRUSTED_PROXIES": "10.0.0.0/8",
    "QUIZLINE_GUEST_HOSTS": "on",
    "QUIZLINE_KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
    "QUIZLINE_KAFKA_SASL_MECHANISM": "SCRAM-SHA-512",
}


class Recorded(dict[str, str]):
    """An environment that has whatever is asked for, and notes what that was."""

    def get(self, name: str, default: Any = None) -> Any:
        self[name] = _FIT.get(name, "x" * 40)
        return self[name]


def read_by(settings: Callable[[Mapping[str, str]], object]) -> set[str]:
    environment = Recorded()
    settings(environment)
    return set(environment)
