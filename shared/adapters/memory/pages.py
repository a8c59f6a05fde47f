"""Pages of a dictionary, newest first."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from shared.ports.paging import Place

Item = TypeVar("Item")


def page(items: Mapping[Place, Item], *, after: Place | None, limit: int) -> Sequence[Item]:
    """`items` by the place of each."""
    places = sorted(items, key=_order, reverse=True)
    later = [place for place in places if after is None or _order(place) < _order(after)]
    return [items[place] for place in later[:limit]]


def _order(place: Place) -> tuple[int, str]:
    return place.at_ms, place.id
