"""The cloud's inventory, read with the credential that only looks, and the exporter on top of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.exporter_prometheus.exporter import Exporter, Listening
from orchestrator.adapters.exporter_prometheus.page import RegionPage, render
from orchestrator.adapters.exporter_prometheus.textfile import Textfiles
from orchestrator.adapters.inventory_openstack.connection_door import open_door
from orchestrator.adapters.inventory_openstack.inventory import OpenStackInventory
from orchestrator.adapters.inventory_openstack.quota_sets import AT_ONCE
from orchestrator.capacity.region import region_capacity
from orchestrator.model.specs import Specs
from orchestrator.ports import CloudInventory
from orchestrator.settings import Settings
from orchestrator.wiring.clouds import cloud_environment
from orchestrator.wiring.specs import accepted, validated

EVERY: Final = 10_000


def cloud_inventory(specs: Specs, settings: Settings, *, quotas_at_once: int = EVERY) -> CloudInventory:
    """For one look; who looks again and again lets quotas come in turns (AT_ONCE)."""
    environment = dict(cloud_environment(specs.region.cloud, settings.clouds, reading=True))
    door = open_door(environment.pop("OS_CLOUD"), environment)
    return OpenStackInventory(door, SystemClock(), quotas_at_once=quotas_at_once)


def exporter(
    folder: Path,
    specs: Specs,
    settings: Settings,
    listening: Listening,
    rules: Path | None = None,
    textfiles: Textfiles | None = None,
) -> Exporter:
    """Serves the region's capacity; the specs (and `rules`, the operator's own) are read again at each collection."""
    inventory = cloud_inventory(specs, settings, quotas_at_once=AT_ONCE)
    sink = (textfiles or Textfiles()).write
    return Exporter(inventory, lambda: accepted(validated(folder, rules)), listening, sink)


def collected_page(specs: Specs, settings: Settings) -> RegionPage:
    """The page of one collection, now. A part of the cloud that does not answer is said in it."""
    snapshot = cloud_inventory(specs, settings).read()
    return render(region_capacity(specs, snapshot), snapshot, specs.waivers, specs_up=True)
