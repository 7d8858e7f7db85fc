"""The services of the cloud: their names, API types, ports and databases, in one table."""

from collections.abc import Collection
from dataclasses import dataclass

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One OpenStack service, which is one process and ``offset`` ports above the cloud's first port.

    ``types`` are its names in Keystone's catalogue; ``path`` is what its endpoint adds to the address; ``inner`` are
    the offsets of ports on which its parts talk to each other.
    """

    name: str
    offset: int
    types: tuple[str, ...]
    path: str = ""
    databases: tuple[str, ...] = ()
    inner: tuple[int, ...] = ()

    def port(self, port_base: int) -> int:
        return port_base + self.offset

    def ports(self, port_base: int) -> tuple[int, ...]:
        """Return all ports on which it listens."""
        return self.port(port_base), *(port_base + offset for offset in self.inner)

    def url(self, port_base: int) -> str:
        return f"http://{HOST}:{self.port(port_base)}"


KEYSTONE = Service(name="keystone", offset=0, types=("identity",), path="/v3", databases=("keystone",))
PLACEMENT = Service(name="placement", offset=1, types=("placement",), databases=("placement",))
GLANCE = Service(name="glance", offset=2, types=("image",), databases=("glance",))
NEUTRON = Service(name="neutron", offset=3, types=("network",), databases=("neutron",))
CINDER = Service(name="cinder", offset=4, types=("block-storage", "volumev3"), path="/v3", databases=("cinder",))
NOVA = Service(name="nova", offset=5, types=("compute",), path="/v2.1", databases=("nova", "nova_api", "nova_cell0"))

SWIFT = Service(name="swift", offset=6, types=("object-store",), path="/v1/AUTH_$(project_id)s", inner=(9,))
DESIGNATE = Service(name="designate", offset=7, types=("dns",), databases=("designate",), inner=(10,))
OCTAVIA = Service(name="octavia", offset=8, types=("load-balancer",), databases=("octavia",))

CONTROL_PLANE = (KEYSTONE, PLACEMENT, GLANCE, NEUTRON, CINDER, NOVA)  # in every cloud
OPTIONAL = (SWIFT, DESIGNATE, OCTAVIA)  # in the clouds that were asked for them
ALL_SERVICES = (*CONTROL_PLANE, *OPTIONAL)
PORTS = 11  # one block of ports a cloud, whether it has all services or not


def service_named(name: str) -> Service:
    return next(service for service in ALL_SERVICES if service.name == name)


def services_with(optional: Collection[str]) -> tuple[Service, ...]:
    """Return the control plane with these optional services, by name, in the table's order."""
    return (*CONTROL_PLANE, *(service for service in OPTIONAL if service.name in optional))
