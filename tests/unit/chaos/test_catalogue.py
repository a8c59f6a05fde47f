"""The faults by name, and one play of several at once."""

import pytest

from knative.local.chaos.catalogue import FAULTS, UnknownFault, chosen_faults
from knative.local.chaos.fault import together


def test_faults_have_names_of_their_own() -> None:
    """A name chooses one row."""
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


def test_faults_are_chosen_by_name_or_all_of_them() -> None:
    """In the order asked for."""
    assert chosen_faults("") == FAULTS
    assert [fault.name for fault in chosen_faults("rollout, kill-rank")] == ["rollout", "kill-rank"]
    with pytest.raises(UnknownFault, match="got flood-of-tears"):
        chosen_faults("rollout,flood-of-tears")


def test_faults_together_do_and_check_what_each_does() -> None:
    """Nothing of either is left out."""
    one, other = chosen_faults("poisoned,two-tabs")
    both = together("both", one, other)
    assert both.strikes == one.strikes
    assert both.acts == other.acts
    assert both.checks == (*one.checks, *other.checks)
    assert both.limit_s is None
