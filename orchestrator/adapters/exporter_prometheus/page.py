"""The page of one collection: every family that the exporter has, and each member's part of them.

Every rendering is made from one snapshot alone: the series of what has vanished vanish with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from orchestrator.adapters.exporter_prometheus.capacity_families import capacity_families
from orchestrator.adapters.exporter_prometheus.inventory_families import inventory_families
from orchestrator.adapters.exporter_prometheus.members import MemberPages
from orchestrator.adapters.exporter_prometheus.rendering import Page, rendered
from orchestrator.adapters.exporter_prometheus.waiver_families import waiver_families
from orchestrator.model.capacity import RegionCapacity
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionPage(Page):
    """All series; `members`: what each tenant may see of them."""

    members: MemberPages = field(compare=False, repr=False)


class _Collected:
    """All families of one collection."""

    def __init__(
        self, capacity: RegionCapacity, snapshot: InventorySnapshot, waivers: Mapping[str, Waiver], *, specs_up: bool
    ) -> None:
        self._capacity = capacity
        self._waivers = waivers
        self._snapshot = snapshot
        self._specs_up = specs_up

    def collect(self) -> Iterator[Metric]:
        yield from capacity_families(self._capacity)
        yield from inventory_families(self._snapshot)
        yield from waiver_families(self._waivers, self._snapshot.taken_at)
        yield GaugeMetricFamily(
            "mutualis_collection_timestamp_seconds",
            "When these figures were put together; each part may be older (its own last success).",
            value=self._snapshot.taken_at,
        )
        yield GaugeMetricFamily(
            "mutualis_specs_up",
            "1: the specs were read; 0: they cannot be read now and the last good ones count.",
            value=self._specs_up,
        )


def render(
    capacity: RegionCapacity, snapshot: InventorySnapshot, waivers: Mapping[str, Waiver], *, specs_up: bool
) -> RegionPage:
    """The page of one collection; its members are the tenants that have figures."""
    families = tuple(_Collected(capacity, snapshot, waivers, specs_up=specs_up).collect())
    return RegionPage(**rendered(families), members=MemberPages(families, {line.tenant for line in capacity.tenants}))
