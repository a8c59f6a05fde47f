"""What the manifests' references come to on this machine."""

import stat
from pathlib import Path

from knative.local.home import Home
from knative.local.servers.embedded import Addresses
from knative.local.values import local_values, token_secret

ADDRESSES = Addresses(kafka_bootstrap="127.0.0.1:1", mongodb_url="mongodb://m", redis_url="redis://r")


def test_local_values_keep_urls_and_secret_apart_from_settings() -> None:
    """URLs may carry credentials: they stand where secrets stand."""
    values = local_values(ADDRESSES, token_secret="t", environment={"QUIZLINE_LOG_LEVEL": "DEBUG", "OTHER": "x"})
    assert values == {
        "configMap": {
            "QUIZLINE_KAFKA_BOOTSTRAP": "127.0.0.1:1",
            "QUIZLINE_GUEST_HOSTS": "machine",
            "QUIZLINE_LOG_LEVEL": "DEBUG",
        },
        "secret": {
            "QUIZLINE_MONGODB_URL": "mongodb://m",
            "QUIZLINE_REDIS_URL": "redis://r",
            "QUIZLINE_TOKEN_SECRET": "t",
        },
    }


def test_guest_hosts_can_be_switched_off_here_too() -> None:
    """What the environment names wins."""
    values = local_values(ADDRESSES, token_secret="t", environment={"QUIZLINE_GUEST_HOSTS": "off"})
    assert values["configMap"]["QUIZLINE_GUEST_HOSTS"] == "off"


def test_token_secret_is_made_once_long_and_private(tmp_path: Path) -> None:
    """Tokens outlive a restart, and another home's are worth nothing here."""
    home, other = Home(tmp_path / "one"), Home(tmp_path / "other")
    home.prepare()
    other.prepare()
    made = token_secret(home)
    assert token_secret(home) == made
    assert token_secret(other) != made
    assert len(made) >= 32
    assert stat.S_IMODE((home.root / "token-secret").stat().st_mode) == 0o600
