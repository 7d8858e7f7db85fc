"""The cloud's inventory, read with the credential that only looks, and the exporter on top of it."""

from __future__ import annotations

from pathlib import Path

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.exporter_prometheus.exporter import Exporter, Listening
from orchestrator.adapters.inventory_openstack.connection_door import open_door
from orchestrator.adapters.inventory_openstack.inventory import OpenStackInventory
from orchestrator.model.specs import Specs
from orchestrator.ports import CloudInventory
from orchestrator.settings import Settings
from orchestrator.wiring.clouds import cloud_environment
from orchestrator.wiring.specs import accepted, validated


def cloud_inventory(specs: Specs, settings: Settings) -> CloudInventory:
    environment = dict(cloud_environment(specs.region.cloud, settings.clouds, reading=True))
    return OpenStackInventory(open_door(environment.pop("OS_CLOUD"), environment), SystemClock())


def exporter(
    folder: Path, specs: Specs, settings: Settings, listening: Listening, rules: Path | None = None
) -> Exporter:
    """Serves the region's capacity; the specs (and `rules`, the operator's own) are read again at each collection."""
    return Exporter(cloud_inventory(specs, settings), lambda: accepted(validated(folder, rules)), listening)


def listening(host: str, port: int, cadence: float) -> Listening:
    return Listening(host=host, port=port, cadence=cadence)
