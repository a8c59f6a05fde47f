"""What the embedded Kafka is given."""

from knative.local.servers.kafka import cluster_id


def test_cluster_id_of_any_entropy_begins_with_a_letter() -> None:
    """Kafka's tool takes a leading hyphen for an option: about one fresh start in 64 failed."""
    ids = [cluster_id(bytes((first, *[0xFF] * 15))) for first in range(256)]
    assert all(identifier[0].isalpha() for identifier in ids)
    assert {len(identifier) for identifier in ids} == {22}
