"""Ports that stay ours across a restart."""

import socket
from pathlib import Path

import pytest

from knative.local.ports import NoFreePortError, first_free_port, free_ports, held, is_free

EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")


def test_free_ports_asked_for_several_are_distinct_and_free() -> None:
    """Each can be bound, and none is given twice."""
    ports = free_ports(20)
    assert len(set(ports)) == 20
    assert all(is_free(port, host="127.0.0.1") for port in ports)


@pytest.mark.skipif(not EPHEMERAL.exists(), reason="Linux says where its ephemeral ports begin")
def test_free_ports_stay_below_those_of_outgoing_connections() -> None:
    """No client's outgoing connection can take the port of a server that is away for a moment."""
    first_ephemeral = int(EPHEMERAL.read_text().split()[0])
    assert max(free_ports(50)) < first_ephemeral


def test_first_free_port_when_it_is_taken_is_a_later_one() -> None:
    """A taken port is passed over."""
    [port] = free_ports(1)
    with socket.create_server(("127.0.0.1", port)):
        assert not is_free(port, host="127.0.0.1")
        assert first_free_port(port, host="127.0.0.1") > port


def test_ports_that_are_held_are_nobody_elses_until_they_are_let_go() -> None:
    """Between the choice of a port and its use there are seconds."""
    [port] = free_ports(1)
    with held([("127.0.0.1", port)]):
        assert not is_free(port, host="127.0.0.1")
        assert not is_free(port, host="0.0.0.0")
    assert is_free(port, host="127.0.0.1")


def test_first_free_port_when_none_is_left_says_what_was_tried() -> None:
    """Past the last port there is nothing to find."""
    with pytest.raises(NoFreePortError, match="from 65536 on"):
        first_free_port(65_536, host="127.0.0.1")
