"""Settings: what is missing or wrong is named, and what is secret does not show."""

import pytest

from shared.config import SettingError, function_settings, gateway_settings

GIVEN = {
    "QUIZLINE_KAFKA_BOOTSTRAP": "kafka:9092",
    "QUIZLINE_MONGODB_URL": "mongodb://user:secret@mongodb",
    "QUIZLINE_REDIS_URL": "redis://:secret@redis",
}
SASL = {"QUIZLINE_KAFKA_SECURITY_PROTOCOL": "SASL_SSL", "QUIZLINE_KAFKA_USERNAME": "quizline"}
GATEWAY = {"QUIZLINE_TOKEN_SECRET": "s" * 40, "QUIZLINE_GATEWAY_ID": "gateway-0"}


@pytest.mark.parametrize("name", GIVEN)
def test_settings_without_a_required_variable_name_it(name: str) -> None:
    """Who deploys reads which one it is."""
    with pytest.raises(SettingError, match=name):
        function_settings({**GIVEN, name: ""})


def test_kafka_without_further_settings_is_plain() -> None:
    """On one machine nothing else is needed."""
    security = function_settings(GIVEN).kafka_security
    assert not security.uses_tls
    assert not security.uses_sasl


def test_kafka_with_sasl_needs_a_password() -> None:
    """Else every event would fail, one by one."""
    with pytest.raises(SettingError, match="QUIZLINE_KAFKA_PASSWORD"):
        function_settings({**GIVEN, **SASL})


@pytest.mark.parametrize("name", ["QUIZLINE_KAFKA_SECURITY_PROTOCOL", "QUIZLINE_KAFKA_SASL_MECHANISM"])
def test_kafka_with_an_unknown_word_is_refused(name: str) -> None:
    """The message says what was expected."""
    with pytest.raises(SettingError, match=rf"{name}: expected one of .*, got 'tls'"):
        function_settings({**GIVEN, name: "tls"})


def test_gateway_settings_take_the_same_security() -> None:
    """Functions and gateway reach the same Kafka."""
    environment = {**GIVEN, **SASL, **GATEWAY, "QUIZLINE_KAFKA_PASSWORD": "secret"}
    assert gateway_settings(environment).kafka_security == function_settings(environment).kafka_security


def test_settings_as_text_show_no_secret() -> None:
    """They may end in a log."""
    settings = gateway_settings({**GIVEN, **SASL, **GATEWAY, "QUIZLINE_KAFKA_PASSWORD": "secret"})
    assert "secret" not in repr(settings)
    assert "ssss" not in repr(settings)


def test_trusted_proxies_are_addresses_and_networks() -> None:
    """As they stand in a ConfigMap, blanks included; none is the default."""
    proxies = {"QUIZLINE_TRUSTED_PROXIES": "10.0.0.0/8, 192.0.2.7 ,fd00::/8"}
    settings = gateway_settings({**GIVEN, **GATEWAY, **proxies})
    assert settings.trusted_proxies == ("10.0.0.0/8", "192.0.2.7", "fd00::/8")
    assert gateway_settings({**GIVEN, **GATEWAY}).trusted_proxies == ()


@pytest.mark.parametrize("value", ["*", "ingress.example", "10.0.0.1/8"])
def test_trusted_proxies_that_are_no_network_are_refused(value: str) -> None:
    """A name would never match, and everybody is no proxy."""
    with pytest.raises(SettingError, match="QUIZLINE_TRUSTED_PROXIES: expected addresses or networks"):
        gateway_settings({**GIVEN, **GATEWAY, "QUIZLINE_TRUSTED_PROXIES": value})
