"""The CloudInventory port: answers the snapshot that it was given; a failed part stays as it was, and says so."""

from __future__ import annotations

from dataclasses import replace

from orchestrator.model.snapshot import PARTS, InventorySnapshot, PartHealth


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
