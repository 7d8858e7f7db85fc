"""The CloudInventory port: answers the snapshot that it was given; a failed part stays as it was, and says so."""

from __future__ import annotations

from dataclasses import replace

from orchestrator.model.snapshot import PARTS, Hypervisor, InventorySnapshot, PartHealth, ProjectRef, ResourceInventory


def hypervisors(*names: str, cores: int = 4) -> InventorySnapshot:
    """Hosts of one aggregate at site north, 16 GiB each, nothing on them; project `p-arcy` is of tenant arcy."""
    amounts = {
        "VCPU": ResourceInventory(used=0, total=None, capacity=cores),
        "MEMORY_MB": ResourceInventory(used=0, total=None, capacity=16384),
        "DISK_GB": ResourceInventory(used=0, total=None, capacity=1000),
    }
    known = tuple(
        Hypervisor(name=name, zone="north", aggregate="general", enabled=True, inventories=amounts) for name in names
    )
    return InventorySnapshot(
        taken_at=1.0, projects=(ProjectRef(id="p-arcy", name="arcy-main", tenant="arcy"),), hypervisors=known,
        servers=(), volumes=(), pools=(), addresses=(), floating_ips={}, health=(),
    )  # fmt: skip


class FakeCloudInventory:
    def __init__(self, snapshot: InventorySnapshot) -> None:
        self.snapshot = snapshot
        self._failed: dict[str, str] = {}

    def fail(self, part: str, error: str) -> None:
        """From now on the part is down."""
        self._failed[part] = error

    def read(self) -> InventorySnapshot:
        return replace(self.snapshot, health=tuple(self._health(part) for part in PARTS))

    def _health(self, part: str) -> PartHealth:
        taken_at = self.snapshot.taken_at
        error = self._failed.get(part, "")
        return PartHealth(part=part, up=not error, last_success=taken_at, seconds=0.0, calls=1, error=error)
