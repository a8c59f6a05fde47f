"""What a failure of MongoDB says: it ends in logs, in a function's reply and among dead letters."""

import pytest
from pymongo.errors import AutoReconnect, BulkWriteError, PyMongoError

from shared.adapters.mongo.faults import as_transient
from shared.domain.errors import TransientFailure


def _said(error: PyMongoError) -> str:
    with pytest.raises(TransientFailure) as caught, as_transient("bulk insert into answers"):
        raise error
    return str(caught.value)


def test_failed_bulk_says_its_codes_and_no_document() -> None:
    """The driver quotes the documents, and so what a player answered: never in a log."""
    document = {"_id": "session/0/ada", "value": {"text": "a player's answer"}}
    duplicate = {"index": 0, "code": 11000, "errmsg": "E11000 {a player's answer}", "op": document}
    late = {"code": 64, "errmsg": "waiting for replication timed out"}
    said = _said(BulkWriteError({"writeErrors": [duplicate], "writeConcernErrors": [late]}))
    assert said == "MongoDB: bulk insert into answers: BulkWriteError: codes [64, 11000]"


def test_server_away_is_said_in_the_drivers_words() -> None:
    """They name the server and quote nothing."""
    assert _said(AutoReconnect("mongo:27017: closed")).endswith("AutoReconnect: mongo:27017: closed")
