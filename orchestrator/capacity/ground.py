"""What is judged: specs together with the hosts that they, or the cloud, say are there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from orchestrator.capacity.hosts import HostSupply, declared_hosts, seen_hosts
from orchestrator.model.capacity import Source
from orchestrator.model.region import Reserve
from orchestrator.model.snapshot import PLACEMENT, InventorySnapshot
from orchestrator.model.specs import Specs


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """`snapshot`: what else the cloud says, of storage and addresses; `gone`: sites that were lost; `lost`: hosts."""

    specs: Specs
    hosts: tuple[HostSupply, ...]
    source: Source
    snapshot: InventorySnapshot | None = None
    gone: frozenset[str] = frozenset()
    lost: tuple[HostSupply, ...] = ()

    def without_reserve(self) -> Ground:
        """As if the region kept nothing back: to ask what fits now, whatever is lost next."""
        region = replace(self.specs.region, reserve=Reserve())
        return replace(self, specs=replace(self.specs, region=region))


def ground(specs: Specs, snapshot: InventorySnapshot | None = None) -> Ground:
    """With a snapshot, supply is what Placement has, once that was read."""
    if snapshot is not None and snapshot.known(PLACEMENT):
        return Ground(specs=specs, hosts=seen_hosts(specs, snapshot), source=Source.CLOUD, snapshot=snapshot)
    return Ground(specs=specs, hosts=declared_hosts(specs), source=Source.SPECS, snapshot=snapshot)
