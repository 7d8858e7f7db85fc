"""What one collection knows: everything that families of metrics are made of."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.adapters.exporter_prometheus.kept_judgement import KeptJudgement
from orchestrator.capacity.ground import ground
from orchestrator.capacity.headroom.headroom import headroom
from orchestrator.capacity.region import ground_capacity
from orchestrator.model.capacity import RegionCapacity
from orchestrator.model.fit import Judgement
from orchestrator.model.headroom import Headroom, Lost
from orchestrator.model.records import Records
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Specs


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`unplaced`: site, loss, tenants without a host (capacity/promises.py).

    `records`: None when the state folder tells nothing; `specs_up`: whether the specs can be read now.

    `certificate_end`: of the exporter's own TLS, seconds since the epoch; None without TLS.
    """

    specs: Specs
    snapshot: InventorySnapshot
    capacity: RegionCapacity
    judged: Judgement
    unplaced: tuple[tuple[str, Lost, int], ...]
    headroom: Headroom
    records: Records | None = None
    specs_up: bool = True
    certificate_end: float | None = None


def reading(
    specs: Specs,
    snapshot: InventorySnapshot,
    *,
    kept: KeptJudgement | None = None,
    records: Records | None = None,
    specs_up: bool = True,
    certificate_end: float | None = None,
) -> Reading:
    """All figures of specs and snapshot. `kept`: what was judged before.

    Raises SpecError for a quota size that cannot be resolved.
    """
    given = ground(specs, snapshot)
    capacity = ground_capacity(given)
    judged = (kept or KeptJudgement()).of(given, capacity)
    return Reading(
        specs=specs,
        snapshot=snapshot,
        capacity=capacity,
        judged=judged.judgement,
        unplaced=judged.unplaced,
        headroom=headroom(given),
        records=records,
        specs_up=specs_up,
        certificate_end=certificate_end,
    )
