"""The services of the cloud: their names, API types, ports and databases, in one table."""

from dataclasses import dataclass

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One OpenStack service, which is one process and ``offset`` ports above the cloud's first port.

    ``types`` are its names in Keystone's catalogue; ``path`` is what its endpoint adds to the address.
    """

    name: str
    offset: int
    types: tuple[str, ...]
    path: str = ""
    databases: tuple[str, ...]

    def port(self, port_base: int) -> int:
        return port_base + self.offset

    def url(self, port_base: int) -> str:
        return f"http://{HOST}:{self.port(port_base)}"


KEYSTONE = Service(name="keystone", offset=0, types=("identity",), path="/v3", databases=("keystone",))
PLACEMENT = Service(name="placement", offset=1, types=("placement",), databases=("placement",))
GLANCE = Service(name="glance", offset=2, types=("image",), databases=("glance",))
NEUTRON = Service(name="neutron", offset=3, types=("network",), databases=("neutron",))
CINDER = Service(name="cinder", offset=4, types=("block-storage", "volumev3"), path="/v3", databases=("cinder",))
NOVA = Service(name="nova", offset=5, types=("compute",), path="/v2.1", databases=("nova", "nova_api", "nova_cell0"))

CONTROL_PLANE = (KEYSTONE, PLACEMENT, GLANCE, NEUTRON, CINDER, NOVA)
PORTS = len(CONTROL_PLANE)


def service_named(name: str) -> Service:
    return next(service for service in CONTROL_PLANE if service.name == name)
