"""Hosts in the running cloud: their services, the servers that they carry, what is known of them."""

from __future__ import annotations

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.host_services_openstack import OpenStackHostRegistry, OpenStackHostServices
from orchestrator.adapters.inventory_openstack.connection_door import open_door
from orchestrator.adapters.inventory_openstack.inventory import OpenStackInventory
from orchestrator.flow.host_duties import HostDuties
from orchestrator.flow.look_at_hosts import running_hosts, written_hosts
from orchestrator.model.snapshot import COMPUTE, IDENTITY, PLACEMENT, InventorySnapshot
from orchestrator.model.specs import Specs
from orchestrator.reporting.hosts import HostLine
from orchestrator.settings import Settings
from orchestrator.wiring.clouds import cloud_environment
from orchestrator.wiring.ledgers import ledger_of


def host_duties(specs: Specs, settings: Settings, *, reading: bool) -> HostDuties:
    """`reading`: with the credential that only looks, for a plan."""
    cloud = OpenStackHostServices(cloud_environment(specs.region, settings, reading=reading))
    return HostDuties(specs=specs, cloud=cloud, inventory=Carrying(specs, settings), clock=SystemClock())


def host_registry(specs: Specs, settings: Settings, *, reading: bool) -> OpenStackHostRegistry:
    return OpenStackHostRegistry(cloud_environment(specs.region, settings, reading=reading))


class Carrying:
    """Who owns what, what hosts have and what is taken of it. Most runs never ask: it is opened at the first read."""

    def __init__(self, specs: Specs, settings: Settings) -> None:
        self._environment = cloud_environment(specs.region, settings, reading=True)
        self._opened: OpenStackInventory | None = None

    def read(self) -> InventorySnapshot:
        if self._opened is None:
            environment = dict(self._environment)
            door = open_door(environment.pop("OS_CLOUD"), environment)
            parts = frozenset({IDENTITY, PLACEMENT, COMPUTE})
            self._opened = OpenStackInventory(door, SystemClock(), at_once=0, parts=parts)
        return self._opened.read()


def listed(specs: Specs, settings: Settings) -> tuple[HostLine, ...]:
    """As written and applied."""
    return written_hosts(specs, ledger_of(specs.region.name, settings))


def looked_at(specs: Specs, settings: Settings) -> tuple[HostLine, ...]:
    """As they are, with the credential that only looks."""
    cloud = OpenStackHostServices(cloud_environment(specs.region, settings, reading=True))
    return running_hosts(specs, ledger_of(specs.region.name, settings), cloud)
