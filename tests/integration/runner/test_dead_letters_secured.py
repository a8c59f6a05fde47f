"""`quizline dead-letters --kafka` where Kafka wants TLS and a password, as on a real cluster."""

import asyncio
import os
import sysconfig
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme
from aiokafka import AIOKafkaProducer

from knative.local.runner.manifests import KafkaTopic, KafkaTopicSpec, Metadata
from knative.local.runner.topics import ensure_topics
from knative.local.supervisor import Supervisor
from shared.events.catalog import DEAD_LETTERS, TOPICS
from shared.events.codec import to_record
from tests.contract.kafka_log import read_events
from tests.events.golden import ANSWER_ACCEPTED
from tests.integration.test_kafka_security import PASSWORD, SecuredKafka, keystore

QUIZLINE = str(Path(sysconfig.get_path("scripts")) / "quizline")
WITHIN_S = 30.0


@pytest.fixture
async def secured(tmp_path: Path) -> AsyncIterator[SecuredKafka]:
    """Up, with the topics; `ca.crt` in the test's folder says whom to trust."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.crt")
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


async def command(kafka: SecuredKafka, folder: Path, *arguments: str, password: str) -> tuple[int, str]:
    """Exit code and all that was printed."""
    process = await asyncio.create_subprocess_exec(
        *(QUIZLINE, "dead-letters", *arguments, f"--kafka={kafka.secured_bootstrap}"),
        env={
            **os.environ,
            "QUIZLINE_KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
            "QUIZLINE_KAFKA_SASL_MECHANISM": "PLAIN",
            "QUIZLINE_KAFKA_USERNAME": "quizline",
            "QUIZLINE_KAFKA_PASSWORD": password,
            "QUIZLINE_KAFKA_CA_FILE": str(folder / "ca.crt"),
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(WITHIN_S):
        printed, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, printed.decode()


async def test_dead_letters_of_a_secured_kafka_are_listed_and_replayed(
    secured: SecuredKafka, tmp_path: Path
) -> None:
    """By the variables that the functions have; with a wrong password it says that it is not let in."""
    record = to_record(ANSWER_ACCEPTED)
    headers = [*record.headers, ("ce_knativeerrordest", b"http://score.quizline.svc.cluster.local")]
    async with AIOKafkaProducer(bootstrap_servers=secured.bootstrap) as producer:
        await producer.send_and_wait(DEAD_LETTERS, record.value, key=record.key, headers=headers)

    code, printed = await command(secured, tmp_path, "list", "--function", "score", password=PASSWORD)
    assert (code, "answer.accepted" in printed) == (0, True), printed
    code, printed = await command(secured, tmp_path, "replay", "0/0", password=PASSWORD)
    assert (code, "1 event replayed" in printed) == (0, True), printed
    letter_and_replay = await read_events(secured.bootstrap, ANSWER_ACCEPTED.subject, 2)
    assert letter_and_replay == [ANSWER_ACCEPTED, ANSWER_ACCEPTED]

    code, printed = await command(secured, tmp_path, "list", password="wrong")
    assert (code, "Traceback" in printed, "quizline: Kafka at" in printed) == (1, False, True), printed
