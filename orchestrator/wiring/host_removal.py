"""What destroys something of a host: removal from the cloud, the wiping of a disk. No apply is at work meanwhile."""

from __future__ import annotations

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.records.run_lock import FileRunLock
from orchestrator.flow.remove_host import Confirm, Removal, remove_host
from orchestrator.flow.wipe_host import refuse_wipe, wipe_disk
from orchestrator.model.specs import Specs
from orchestrator.planning.hosts.inventory import host_inventory
from orchestrator.ports import TaskSeen
from orchestrator.settings import Settings
from orchestrator.wiring.host_duties import host_registry
from orchestrator.wiring.hosts import WIPE, host_applier_of
from orchestrator.wiring.ledgers import ledger_of


def removed(specs: Specs, settings: Settings, name: str, confirm: Confirm) -> Removal:
    """Forgotten by the cloud and by the ledger."""
    registry, ledger = host_registry(specs, settings, reading=False), ledger_of(specs.region.name, settings)
    with _lock(specs, settings).hold():
        return remove_host(specs, name, registry, ledger, confirm)


def wiped(specs: Specs, settings: Settings, name: str, device: str, confirm: Confirm, seen: TaskSeen) -> None:
    """By Ansible, on the machine itself. Raises SpecError for a region that somebody else installs."""
    refuse_wipe(specs, name, device)
    inventory = host_inventory(specs)
    applier = host_applier_of(specs.region.name, settings, WIPE)
    registry = host_registry(specs, settings, reading=False)
    with _lock(specs, settings).hold():
        wipe_disk(inventory, name, device, registry, applier, confirm, seen)


def _lock(specs: Specs, settings: Settings) -> FileRunLock:
    return FileRunLock(settings.region_folder(specs.region.name) / "lock", SystemClock())
