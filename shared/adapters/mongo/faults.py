"""Driver's errors as ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo.errors import PyMongoError

from shared.domain.errors import TransientFailure


@contextmanager
def as_transient(operation: str) -> Iterator[None]:
    """Whatever MongoDB could not do, another try may: a server away, an election, a time-out.

    Duplicate keys are results, not faults: stores handle them inside.
    """
    try:
        yield
    except PyMongoError as error:
        raise TransientFailure(f"MongoDB: {operation}: {type(error).__name__}: {error}") from error
