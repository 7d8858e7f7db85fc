"""Shares are packed again when something changed that packing asks for, and only then; the answer is the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from watched_region import WatchedRegion

from orchestrator.adapters.exporter_prometheus import kept_judgement
from orchestrator.adapters.exporter_prometheus.kept_judgement import KeptJudgement
from orchestrator.adapters.exporter_prometheus.reading import reading
from orchestrator.capacity.ground import Ground
from orchestrator.model.region import Reserve
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Specs

Change = Callable[[Specs, InventorySnapshot], tuple[Specs, InventorySnapshot]]


def nothing(specs: Specs, snapshot: InventorySnapshot) -> tuple[Specs, InventorySnapshot]:
    """The specs were read again, and say the same."""
    return replace(specs), snapshot


def more_taken(specs: Specs, snapshot: InventorySnapshot) -> tuple[Specs, InventorySnapshot]:
    first, *others = snapshot.hypervisors
    fuller = {name: replace(one, used=one.used + 1) for name, one in first.inventories.items()}
    servers = (*snapshot.servers, snapshot.servers[0])
    pools = tuple(replace(pool, free_gib=1.0) for pool in snapshot.pools)
    return specs, replace(
        snapshot, hypervisors=(replace(first, inventories=fuller), *others), servers=servers, pools=pools
    )


def host_out(specs: Specs, snapshot: InventorySnapshot) -> tuple[Specs, InventorySnapshot]:
    first, *others = snapshot.hypervisors
    return specs, replace(snapshot, hypervisors=(replace(first, enabled=False), *others))


def host_smaller(specs: Specs, snapshot: InventorySnapshot) -> tuple[Specs, InventorySnapshot]:
    first, *others = snapshot.hypervisors
    less = {name: replace(one, total=(one.total or 0) // 2) for name, one in first.inventories.items()}
    return specs, replace(snapshot, hypervisors=(replace(first, inventories=less), *others))


def pool_smaller(specs: Specs, snapshot: InventorySnapshot) -> tuple[Specs, InventorySnapshot]:
    return specs, replace(snapshot, pools=tuple(replace(pool, total_gib=1.0) for pool in snapshot.pools))


def addresses_fewer(specs: Specs, snapshot: InventorySnapshot) -> tuple[Specs, InventorySnapshot]:
    return specs, replace(snapshot, addresses=tuple(replace(one, total=1) for one in snapshot.addresses))


def reserve_larger(specs: Specs, snapshot: InventorySnapshot) -> tuple[Specs, InventorySnapshot]:
    return replace(specs, region=replace(specs.region, reserve=Reserve(hosts=2, free_percent=50))), snapshot


def tenant_gone(specs: Specs, snapshot: InventorySnapshot) -> tuple[Specs, InventorySnapshot]:
    return replace(specs, tenants=dict(list(specs.tenants.items())[1:])), snapshot


@pytest.mark.parametrize(
    ("change", "anew"),
    [
        (nothing, "kept"),
        (more_taken, "kept"),
        (host_out, "anew"),
        (host_smaller, "anew"),
        (pool_smaller, "anew"),
        (addresses_fewer, "anew"),
        (reserve_larger, "anew"),
        (tenant_gone, "anew"),
    ],
)
def test_it_is_made_again_when_it_may_be_another(change: Change, anew: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kept or made again, it is what a first look would say; what is taken shows at once."""
    made = []
    whole = kept_judgement.unplaced

    def counting(given: Ground) -> object:
        made.append(given)
        return whole(given)

    monkeypatch.setattr(kept_judgement, "unplaced", counting)
    region, kept = WatchedRegion(), KeptJudgement()
    snapshot = region.read()
    reading(region.specs, snapshot, kept=kept)
    specs, other = change(region.specs, snapshot)
    assert reading(specs, other, kept=kept) == reading(specs, other)
    assert len(made) == 2 + (anew == "anew")
