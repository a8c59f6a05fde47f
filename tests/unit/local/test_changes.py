"""How two views of the stores differ."""

from knative.local.invoke.stores import Change, changes


def test_changes_between_two_views_are_what_was_added_changed_and_removed() -> None:
    """What stayed is left out."""
    before = {"redis a": "1", "redis b": "1", "redis c": "1"}
    after = {"redis b": "2", "redis c": "1", "redis d": "1"}
    assert changes(before, after) == [
        Change(kind="removed", place="redis a", before="1", after=None),
        Change(kind="changed", place="redis b", before="1", after="2"),
        Change(kind="added", place="redis d", before=None, after="1"),
    ]
