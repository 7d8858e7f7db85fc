"""Nothing that a machine sends leaves its network, whatever root in it does."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hosts_fixture import NAMES, Machines

from lab.hosts.commands import run
from lab.hosts.package_cache import PORT
from lab.hosts.shape import numbered
from lab.ports import listening_sockets

pytestmark = [pytest.mark.hosts, pytest.mark.timeout(900)]

GATEWAY = str(numbered(NAMES).cache_address.ip)
ELSEWHERE = "198.51.100.7"  # for documentation (RFC 5737): belongs to nobody
NO_WAY = ("Network is unreachable", "No route to host", "timed out")
TRY = "import socket; socket.create_connection(('{}', 22), timeout={})"
FETCH = """
import http.client, sys
connection = http.client.HTTPConnection(sys.argv[1], int(sys.argv[2]), timeout=60)
connection.putrequest(sys.argv[3], sys.argv[4], skip_host=True)
connection.endheaders()
print(connection.getresponse().status)
"""


def own_addresses() -> list[str]:
    """The IPv4 addresses of the computer that carries the machines, loopback aside."""
    links = json.loads(run("ip", "-json", "-4", "address", "show", what_to_do=""))
    found = [one["local"] for link in links for one in link.get("addr_info", [])]
    return [address for address in found if not address.startswith("127.")]


def tried(machines: Machines, address: str, seconds: int = 3) -> str:
    """How a connection from a machine ends: "" if it was made, "refused" if somebody was there to refuse it."""
    done = machines.on(NAMES[0], f'python3 -c "{TRY.format(address, seconds)}"')
    return done.stderr.strip().rpartition("\n")[2]


@pytest.fixture(params=["as it is", "with a default route"])
def routed(machines: Machines, request: pytest.FixtureRequest) -> Iterator[Machines]:
    """The machines as they are; and the first one with a route through the only thing that its network has."""
    if request.param != "as it is":
        machines.said(NAMES[0], f"ip route replace default via {GATEWAY}")
    yield machines
    machines.on(NAMES[0], "ip route delete default")


def test_no_way_out(routed: Machines) -> None:
    """Neither to anywhere nor to the computer that carries them; nobody is there, not even to refuse."""
    targets = (ELSEWHERE, *own_addresses())
    ends = {target: tried(routed, target) for target in targets}
    assert all(any(words in end for words in NO_WAY) for end in ends.values()), ends
    assert tried(routed, "10.77.0.12", 60) == ""


def test_cables_lead_to_machines_only(machines: Machines) -> None:
    """In the namespace are loopback, switches and the machines' cables; outside it, nothing of ours."""
    inside = json.loads(run("ip", "-n", machines.hosts.layout.namespace.name, "-json", "link", "show", what_to_do=""))
    names = {link["ifname"] for link in inside}
    cables = {f"m{machine}n{nic}" for machine in range(3) for nic in range(2)}
    assert names == {"lo", "switch0", "switch1", *cables}
    outside = {link["ifname"] for link in json.loads(run("ip", "-json", "link", "show", what_to_do=""))}
    assert not (names & outside) - {"lo"}


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "http://example.org/index.html"),
        ("GET", "/etc/passwd"),
        ("GET", "http://mirror.example/debian/../../../../etc/passwd"),
        ("GET", "http://mirror.example/debian/%2e%2e/%2e%2e/identity"),
        ("CONNECT", "example.org:443"),
        ("POST", "http://mirror.example/debian/pool/x"),
    ],
)
def test_cache_is_no_way_out(machines: Machines, method: str, target: str) -> None:
    """It reads Debian's archive, and does nothing else."""
    answer = machines.said(NAMES[0], f"python3 -c '{FETCH}' {GATEWAY} {PORT} {method} '{target}'")
    assert answer == ("403" if method == "GET" else "501")


def test_cache_serves_any_mirrors_name(machines: Machines) -> None:
    """A machine may be told any mirror: the one that answers is this computer's own."""
    target = "http://mirror.example/debian/dists/trixie/InRelease"
    assert machines.said(NAMES[0], f"python3 -c '{FETCH}' {GATEWAY} {PORT} HEAD {target}") == "200"


def test_cache_listens_in_the_machines_network_only(machines: Machines) -> None:
    """Its port is open in there, and on no address out here."""
    assert tried(machines, f"{GATEWAY}") != ""  # nobody speaks SSH there
    assert PORT not in {port for port, _, _ in listening_sockets()}
