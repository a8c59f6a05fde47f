"""Where the source half posts an event."""

import pytest

from knative.local.runner.remote import SinkTemplate, TemplateError


def test_sink_template_name_in_the_url_gives_each_function_its_address() -> None:
    """Where Services' names resolve, the address is all there is."""
    template = SinkTemplate(url="http://{name}.quizline.svc.cluster.local")
    assert template.url_of("score") == "http://score.quizline.svc.cluster.local"
    assert template.headers_of("score") == {}
    assert template.destination_of("score") == "http://score.quizline.svc.cluster.local"


def test_sink_template_name_in_the_host_keeps_the_address_fixed() -> None:
    """One ingress tells the Services by their Host header; a dead letter names the Service, not the ingress."""
    template = SinkTemplate(url="http://10.0.0.7", host="{name}.quizline.svc.cluster.local")
    assert template.url_of("score") == "http://10.0.0.7"
    assert template.headers_of("score") == {"host": "score.quizline.svc.cluster.local"}
    assert template.destination_of("score") == "http://score.quizline.svc.cluster.local"


def test_sink_template_without_a_name_is_refused() -> None:
    """It would post every function's events to one address."""
    with pytest.raises(TemplateError, match=r"expected \{name\}"):
        SinkTemplate(url="http://10.0.0.7")
