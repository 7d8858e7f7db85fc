"""The page of one collection: every family that the exporter has, and each member's part of them.

Every rendering is made from one reading alone: the series of what has vanished vanish with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from prometheus_client.metrics_core import Metric

from orchestrator.adapters.exporter_prometheus.audit_families import audit_families
from orchestrator.adapters.exporter_prometheus.capacity_families import capacity_families
from orchestrator.adapters.exporter_prometheus.collection_families import collection_families
from orchestrator.adapters.exporter_prometheus.drift_families import drift_families
from orchestrator.adapters.exporter_prometheus.ending_families import ending_families
from orchestrator.adapters.exporter_prometheus.headroom_families import headroom_families
from orchestrator.adapters.exporter_prometheus.inventory_families import inventory_families
from orchestrator.adapters.exporter_prometheus.members import MemberPages
from orchestrator.adapters.exporter_prometheus.object_families import object_families
from orchestrator.adapters.exporter_prometheus.promise_families import promise_families
from orchestrator.adapters.exporter_prometheus.reading import Reading
from orchestrator.adapters.exporter_prometheus.record_families import record_families
from orchestrator.adapters.exporter_prometheus.rendering import rendered
from orchestrator.adapters.exporter_prometheus.shown import ShownPage
from orchestrator.adapters.exporter_prometheus.waiver_families import waiver_families

FAMILIES: Final[tuple[Callable[[Reading], Iterable[Metric]], ...]] = (
    capacity_families,
    object_families,
    headroom_families,
    promise_families,
    inventory_families,
    ending_families,
    record_families,
    drift_families,
    audit_families,
    waiver_families,
    collection_families,
)
"""In the order of the page; each gives its own families, with or without samples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionPage(ShownPage):
    """In the process that collected it: it knows the members' names too."""

    members: MemberPages = field(compare=False, repr=False)


def render(given: Reading) -> RegionPage:
    """The page of one collection; its members are the tenants that have figures."""
    families = tuple(family for group in FAMILIES for family in group(given))
    members = MemberPages(families, {line.tenant for line in given.capacity.tenants})
    return RegionPage(**rendered(families), members=members)
