"""The configuration reference says what the settings read."""

from knative.local.configuration import MEANINGS, PAGE, page
from shared.config import function_settings, gateway_settings
from tests.manifests.variables import read_by


def test_configuration_reference_is_what_the_settings_give() -> None:
    """Renew it with `python -m knative.local.configuration`."""
    assert PAGE.read_text() == page()


def test_configuration_reference_explains_every_variable_and_none_besides() -> None:
    """A new variable needs its meaning."""
    assert set(MEANINGS) == read_by(function_settings) | read_by(gateway_settings)


def test_configuration_reference_tells_what_is_required_and_what_is_secret() -> None:
    """Who deploys sees what must be given, and where."""
    rows = {line.split("`")[1]: line for line in page().splitlines() if line.startswith("| `")}
    assert "| required | ConfigMap quizline |" in rows["QUIZLINE_KAFKA_BOOTSTRAP"]
    assert "| required | Secret quizline, `QUIZLINE_MONGODB_URL` |" in rows["QUIZLINE_MONGODB_URL"]
    assert "| `PLAINTEXT` | Secret quizline-kafka, `protocol`" in rows["QUIZLINE_KAFKA_SECURITY_PROTOCOL"]
    assert "| gateway | required |" in rows["QUIZLINE_TOKEN_SECRET"]
    assert "| functions, gateway | `INFO` |" in rows["QUIZLINE_LOG_LEVEL"]
