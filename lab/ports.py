"""Ports of loopback: find a free block, and say who holds a taken one."""

import contextlib
import socket
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from lab.control_plane import ALL_SERVICES, HOST, PORTS
from lab.errors import LabError, PortTakenError
from lab.waiting import wait_until

_FIRST, _STEP, _BLOCKS = 20000, 20, 500  # 20000 to 29999: below the kernel's ephemeral ports
_LISTEN = "0A"
_GIVING_UP = 1  # seconds that the kernel may take to close what a killed process had open


def is_free(port: int) -> bool:
    """Whether a server could listen on the port now; connections that are only closing do not matter."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((HOST, port))
        except OSError:
            return False
    return True


def find_block(directory: Path) -> int:
    """Return the first of ``PORTS`` free ports; where the search begins depends on the directory.

    So two clouds that start at the same moment hardly ever choose the same block.
    """
    start = zlib.crc32(str(directory).encode())
    for i in range(_BLOCKS):
        base = _FIRST + (start + i) % _BLOCKS * _STEP
        if all(is_free(base + offset) for offset in range(PORTS)):
            return base
    raise LabError(
        what=f"no {PORTS} neighbouring ports are free",
        where=f"{HOST}:{_FIRST}-{_FIRST + _BLOCKS * _STEP}",
        what_to_do="stop other servers, or name a port base",
    )


def check_free(port_base: int, names: Iterator[str] | tuple[str, ...]) -> None:
    """Raise PortTakenError if a port of one of the named services is held by somebody, and not just being given up."""
    wanted = set(names)
    ports = [(s.name, port) for s in ALL_SERVICES if s.name in wanted for port in s.ports(port_base)]
    for name, port in ports:
        if not wait_until(partial(is_free, port), seconds=_GIVING_UP):
            raise PortTakenError(
                port=port,
                pid=listener(port),
                where=f"{name} at {HOST}:{port}",
                what_to_do="stop that process, or start the cloud with another port base",
            )


def listener(port: int) -> int | None:
    """Return the process that listens on a port of IPv4, where /proc lets us see it."""
    inodes = {inode for number, inode, _ in listening_sockets() if number == port}
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and inodes & set(socket_inodes(int(process.name))):
            return int(process.name)
    return None


def listening_sockets() -> Iterator[tuple[int, str, str]]:
    """Yield port, inode and address (hexadecimal, as the kernel prints it) of each listening socket of IPv4."""
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        fields = line.split()
        address, _, port = fields[1].partition(":")
        if fields[3] == _LISTEN:
            yield int(port, 16), fields[9], address


def socket_inodes(pid: int) -> Iterator[str]:
    """Yield the inodes of a process's sockets; none if it is not ours to look at."""
    with contextlib.suppress(OSError):
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                target = str(descriptor.readlink())
                if target.startswith("socket:["):
                    yield target[8:-1]
