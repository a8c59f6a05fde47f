"""The publisher over TLS with a password, against a real Kafka that lets nobody in without them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from knative.local.home import cache_directory
from knative.local.play.event_log import EventLog
from knative.local.ports import free_ports
from knative.local.runner.manifests import KafkaTopic, KafkaTopicSpec, Metadata
from knative.local.runner.topics import ensure_topics
from knative.local.servers.kafka import EmbeddedKafka
from knative.local.supervisor import Supervisor
from shared.adapters.kafka import KafkaPublisher
from shared.config import KafkaSecurity
from shared.domain.errors import TransientFailure
from shared.events.catalog import TOPICS
from tests.contract.kafka_log import read_events
from tests.events.golden import ANSWER_SUBMITTED

PASSWORD = "right"


class SecuredKafka(EmbeddedKafka):
    """The embedded one with a second listener: TLS, and one user with one password."""

    def __init__(self, *, directory: Path, certificate: Path) -> None:
        port, controller_port, self._secured_port = free_ports(3)
        super().__init__(directory=directory, jars=cache_directory(), port=port, controller_port=controller_port)
        self._certificate = certificate
        self.secured_bootstrap = f"localhost:{self._secured_port}"

    def settings(self) -> dict[str, object]:
        plain = super().settings()
        login = "org.apache.kafka.common.security.plain.PlainLoginModule required"
        return {
            **plain,
            "listeners": f"{plain['listeners']},SASL_SSL://{self.secured_bootstrap}",
            "advertised.listeners": f"{plain['advertised.listeners']},SASL_SSL://{self.secured_bootstrap}",
            "listener.security.protocol.map": f"{plain['listener.security.protocol.map']},SASL_SSL:SASL_SSL",
            "listener.name.sasl_ssl.ssl.keystore.type": "PEM",
            "listener.name.sasl_ssl.ssl.keystore.location": self._certificate,
            "listener.name.sasl_ssl.sasl.enabled.mechanisms": "PLAIN",
            "listener.name.sasl_ssl.plain.sasl.jaas.config": f'{login} user_quizline="{PASSWORD}";',
        }


def keystore(certificate: trustme.LeafCert) -> bytes:
    """As Kafka reads it: the key in PKCS #8, then the chain."""
    key = load_pem_private_key(certificate.private_key_pem.bytes(), password=None)
    chain = b"".join(blob.bytes() for blob in certificate.cert_chain_pems)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + chain


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Who the broker's certificate is from."""
    return trustme.CA()


@pytest.fixture
async def kafka(authority: trustme.CA, tmp_path: Path) -> AsyncIterator[SecuredKafka]:
    """Up, with the topics."""
    certificate = tmp_path / "broker.pem"
    certificate.write_bytes(keystore(authority.issue_cert("localhost")))
    broker = SecuredKafka(directory=tmp_path / "kafka", certificate=certificate)
    broker.prepare(lambda done, total: None)
    async with Supervisor(logs=tmp_path, echo=lambda name, line: None) as supervisor:
        await supervisor.start([broker.spec()])
        spec = KafkaTopicSpec(partitions=1, replicas=1)
        await ensure_topics(
            broker.bootstrap, [KafkaTopic(metadata=Metadata(name=name), spec=spec) for name in TOPICS]
        )
        yield broker


async def test_publisher_with_certificates_and_password_is_let_in_and_nobody_else(
    kafka: SecuredKafka, authority: trustme.CA, tmp_path: Path
) -> None:
    """What is published over TLS is in the log; a wrong password or an unknown certificate is refused."""
    trusted = tmp_path / "ca.crt"
    authority.cert_pem.write_to_path(trusted)
    security = KafkaSecurity(
        protocol="SASL_SSL",
        sasl_mechanism="PLAIN",
        username="quizline",
        password=PASSWORD,
        ca_file=str(trusted),
    )
    publisher = KafkaPublisher(kafka.secured_bootstrap, client_id="test", security=security)
    await publisher.publish(ANSWER_SUBMITTED)
    await publisher.stop()
    assert await read_events(kafka.bootstrap, ANSWER_SUBMITTED.subject, 1) == [ANSWER_SUBMITTED]

    topics = (ANSWER_SUBMITTED.type.topic,)
    async with EventLog(
        kafka.secured_bootstrap, session_id=ANSWER_SUBMITTED.subject, topics=topics, security=security
    ) as log:  # how `quizline play` reads what its bots caused
        assert await log.read_to_end(timeout_s=10)
        assert log.events == [ANSWER_SUBMITTED]

    for refused in (replace(security, password="wrong"), replace(security, ca_file="")):
        stranger = KafkaPublisher(kafka.secured_bootstrap, client_id="test", security=refused)
        with pytest.raises(TransientFailure, match="Kafka: connect"):
            await stranger.publish(ANSWER_SUBMITTED)
        await stranger.stop()


async def test_publisher_without_its_certificates_says_which_file(tmp_path: Path) -> None:
    """A Secret that is not mounted yet is told by its path, and tried again."""
    missing = str(tmp_path / "ca.crt")
    security = KafkaSecurity(protocol="SSL", ca_file=missing)
    with pytest.raises(TransientFailure, match=missing):
        await KafkaPublisher("localhost:1", client_id="test", security=security).start()
