"""Ports of loopback."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.control_plane import ALL_SERVICES, PORTS
from lab.errors import PortTakenError
from lab.ports import check_free, find_block, is_free


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_taken_port_is_named_with_its_owner(taken: int) -> None:
    """The error holds the port and the process, and speaks of the service that wanted it."""
    with pytest.raises(PortTakenError) as caught:
        check_free(taken - 3, ("neutron",))
    assert (caught.value.port, caught.value.pid) == (taken, os.getpid())
    assert caught.value.where.startswith("neutron")


def test_ports_of_running_services_are_not_asked_for(taken: int) -> None:
    """Only the services about to start need theirs free."""
    check_free(taken - 3, ())


def test_a_free_block_depends_on_the_directory_and_is_free(tmp_path: Path) -> None:
    """Two directories begin their search at different places; every port of a block is free."""
    first, second = find_block(tmp_path / "a"), find_block(tmp_path / "b")
    assert first != second
    assert all(is_free(first + offset) for offset in range(PORTS))
    assert first == find_block(tmp_path / "a")


def test_no_two_services_share_a_port() -> None:
    """The table gives each service its own offsets within the block."""
    ports = [port for service in ALL_SERVICES for port in service.ports(0)]
    assert len(set(ports)) == len(ports)
    assert set(ports) <= set(range(PORTS))
