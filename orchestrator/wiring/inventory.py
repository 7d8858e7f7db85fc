"""The cloud's inventory, read with the credential that only looks.

Commands that show what was read need it without the exporter: nothing of that is imported here.
"""

from __future__ import annotations

from typing import Final

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.inventory_openstack.connection_door import open_door
from orchestrator.adapters.inventory_openstack.inventory import OpenStackInventory
from orchestrator.adapters.inventory_openstack.quota_sets import AT_ONCE
from orchestrator.model.snapshot import COMPUTE, NETWORK, PLACEMENT, VOLUME
from orchestrator.model.specs import Specs
from orchestrator.ports import CloudInventory
from orchestrator.settings import Settings
from orchestrator.wiring.clouds import cloud_environment

SUPPLY: Final = frozenset({PLACEMENT, COMPUTE, VOLUME, NETWORK})
EVERY: Final = 10_000  # projects and hosts that are asked one by one in one look: as good as all


def cloud_inventory(specs: Specs, settings: Settings, *, again: bool = False) -> CloudInventory:
    """For one look; `again`: for one after the other, where what has no list for all comes in turns."""
    environment = dict(cloud_environment(specs.region, settings, reading=True))
    door = open_door(environment.pop("OS_CLOUD"), environment)
    return OpenStackInventory(door, SystemClock(), at_once=AT_ONCE if again else EVERY)


def running_supply(specs: Specs, settings: Settings) -> CloudInventory:
    """What the cloud has to promise: ten calls, and one for 1000 servers or volumes."""
    environment = dict(cloud_environment(specs.region, settings, reading=True))
    door = open_door(environment.pop("OS_CLOUD"), environment)
    return OpenStackInventory(door, SystemClock(), at_once=0, parts=SUPPLY)
