"""Driver's errors as ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo.errors import BulkWriteError, PyMongoError

from shared.domain.errors import TransientFailure


@contextmanager
def as_transient(operation: str) -> Iterator[None]:
    """Whatever MongoDB could not do, another try may: a server away, an election, a time-out.

    Duplicate keys are results, not faults: stores handle them inside.
    """
    try:
        yield
    except PyMongoError as error:
        raise TransientFailure(f"MongoDB: {operation}: {type(error).__name__}: {_said(error)}") from error


def _said(error: PyMongoError) -> str:
    """The driver's words. Those of a failed bulk quote the documents, and so players' answers: only its codes."""
    if not isinstance(error, BulkWriteError):
        return str(error)
    details = error.details or {}
    faults = [*details.get("writeErrors", ()), *details.get("writeConcernErrors", ())]
    return f"codes {sorted({int(fault.get('code', 0)) for fault in faults})}"
