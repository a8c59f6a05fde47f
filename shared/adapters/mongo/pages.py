"""Pages of what an owner has, newest first: the index, the query and the order that belong together."""

from pymongo import ASCENDING, DESCENDING, IndexModel

from shared.adapters.mongo.collection import Document
from shared.ports.paging import Place


def newest_of_owner(moment: str) -> IndexModel:
    """`moment`: the field of the time that orders."""
    return IndexModel(
        [("owner_id", ASCENDING), (moment, DESCENDING), ("_id", DESCENDING)], name=f"owner_{moment}_newest"
    )


def newest_first(moment: str) -> list[tuple[str, int]]:
    """Equal moments are ordered by `_id`, so that a page can begin between them."""
    return [(moment, DESCENDING), ("_id", DESCENDING)]


def page_of_owner(owner_id: str, moment: str, after: Place | None) -> Document:
    """What is left after `after`."""
    query: Document = {"owner_id": owner_id}
    if after is not None:
        earlier = {moment: {"$lt": after.at_ms}}
        query["$or"] = [earlier, {moment: after.at_ms, "_id": {"$lt": after.id}}]
    return query
