"""Which machines there are: names, addresses, network cards, and on which switch each card is."""

import re
from dataclasses import asdict, dataclass
from ipaddress import IPv4Interface, IPv4Network
from typing import Any, NoReturn

from lab.errors import ShapeError

MANAGEMENT = "management"
TUNNEL = "tunnel"
_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_NIC = re.compile(r"[a-z][a-z0-9]{1,14}")  # the kernel's limit: 15
_MAC = re.compile(r"([0-9a-f]{2}:){5}[0-9a-f]{2}|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nic:
    """A network card; ``switch`` names what its cable leads to: cards on one switch reach each other.

    ``mac`` is its hardware address (``02:00:00:00:00:01``); empty: any.
    """

    name: str
    switch: str = MANAGEMENT
    mac: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A machine; ``address`` (``10.0.0.1/24``) stands on its first network card, the others are bare."""

    name: str
    address: str
    nics: tuple[Nic, ...] = (Nic(name="eno1"), Nic(name="tun0", switch=TUNNEL))

    @property
    def interface(self) -> IPv4Interface:
        return IPv4Interface(self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class HostsShape:
    """All machines of one network; ``names`` are (name, address) that a visitor of the network knows besides.

    Raises ShapeError if they cannot be built.
    """

    machines: tuple[Machine, ...]
    names: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.machines:
            _refuse("there is no machine", "describe at least one")
        for machine in self.machines:
            _check(machine)
        for kind, values in (
            ("name", [machine.name for machine in self.machines]),
            ("address", [str(machine.interface.ip) for machine in self.machines]),
        ):
            if twice := sorted({value for value in values if values.count(value) > 1}):
                _refuse(f"{kind} {', '.join(twice)} stands twice", f"give each machine a {kind} of its own")
        if len({machine.interface.network for machine in self.machines}) > 1:
            _refuse("the machines' addresses are of several networks", "give all of them addresses of one network")

    @property
    def network(self) -> IPv4Network:
        return self.machines[0].interface.network

    @property
    def switches(self) -> tuple[str, ...]:
        """The first is the machines' own, where they are reached."""
        return tuple(dict.fromkeys(nic.switch for machine in self.machines for nic in machine.nics))

    @property
    def cache_address(self) -> IPv4Interface:
        """Where the package cache listens: the network's first address that is free."""
        taken = {str(machine.interface.ip) for machine in self.machines} | {address for _, address in self.names}
        free = next((address for address in self.network.hosts() if str(address) not in taken), None)
        if free is None:
            _refuse(f"{self.network} has no address left for the package cache", "take a larger network")
        return IPv4Interface(f"{free}/{self.network.prefixlen}")

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "HostsShape":
        machines = tuple(
            Machine(name=one["name"], address=one["address"], nics=tuple(Nic(**nic) for nic in one["nics"]))
            for one in data["machines"]
        )
        return cls(machines=machines, names=tuple((name, address) for name, address in data["names"]))


def numbered(names: tuple[str, ...]) -> HostsShape:
    """Return machines of these names, with addresses in a row: for trying without specs."""
    machines = tuple(Machine(name=name, address=f"10.77.0.{11 + number}/24") for number, name in enumerate(names))
    return HostsShape(machines=machines)


def _check(machine: Machine) -> None:
    if not _NAME.fullmatch(machine.name):
        _refuse(f"{machine.name!r} is no host name", "use lower-case letters, digits and -")
    try:
        interface = machine.interface
    except ValueError as error:
        raise ShapeError(
            what=f"{machine.name} has the address {machine.address!r}, which is none",
            where="test hosts",
            what_to_do="write it with its network's length, such as 10.77.0.11/24",
        ) from error
    if interface.network.prefixlen > 30 or interface.ip in (  # noqa: PLR2004 below are networks of one or two addresses
        interface.network.network_address,
        interface.network.broadcast_address,
    ):
        _refuse(f"{machine.address} of {machine.name} is no address of a machine", "take one inside its network")
    names = [nic.name for nic in machine.nics]
    if not names or len(set(names)) < len(names) or not all(_NIC.fullmatch(name) for name in names):
        _refuse(f"{machine.name} has the network cards {', '.join(names) or 'none'}", "name each once: eno1, tun0")
    if wrong := [nic.mac for nic in machine.nics if not _MAC.fullmatch(nic.mac.lower())]:
        _refuse(f"{wrong[0]!r} of {machine.name} is no hardware address", "write it as 02:00:00:00:00:01")


def _refuse(what: str, what_to_do: str) -> NoReturn:
    raise ShapeError(what=what, where="test hosts", what_to_do=what_to_do)
