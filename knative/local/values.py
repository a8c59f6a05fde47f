"""What the manifests' configMapKeyRef and secretKeyRef come to here, and the secret that is made here."""

import secrets
from collections.abc import Mapping

import msgspec

from knative.local.home import Home
from knative.local.servers.embedded import Addresses
from knative.local.state import write_private

_SETTINGS = (
    "QUIZLINE_MONGODB_DATABASE",
    "QUIZLINE_LOG_LEVEL",
    "QUIZLINE_ALLOWED_ORIGINS",
    "QUIZLINE_TRUSTED_PROXIES",
    "QUIZLINE_GUEST_HOSTS",
)

Values = dict[str, dict[str, str]]
"""As the runner reads it: {"configMap": {...}, "secret": {...}}."""


def local_values(addresses: Addresses, *, token_secret: str, environment: Mapping[str, str]) -> Values:
    """Over what the ConfigMap manifest says: this machine's addresses, and settings named in the environment."""
    chosen = {name: environment[name] for name in _SETTINGS if name in environment}
    return {
        "configMap": {
            "QUIZLINE_KAFKA_BOOTSTRAP": addresses.kafka_bootstrap,
            "QUIZLINE_GUEST_HOSTS": "machine",  # whoever reaches it may host; the terminal and its browser are one
            **chosen,
        },
        "secret": {
            "QUIZLINE_MONGODB_URL": addresses.mongodb_url,
            "QUIZLINE_REDIS_URL": addresses.redis_url,
            "QUIZLINE_TOKEN_SECRET": token_secret,
        },
    }


def write_values(home: Home, values: Values) -> str:
    """Path of the file that the runner is given. It holds secrets: for this user only."""
    path = home.run / "values.json"
    write_private(path, msgspec.json.encode(values))
    return str(path)


def token_secret(home: Home) -> str:
    """Made at the first start and kept, so that tokens outlive a restart."""
    path = home.root / "token-secret"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48).encode())
    return path.read_text()
