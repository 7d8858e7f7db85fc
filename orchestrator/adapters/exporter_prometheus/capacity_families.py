"""Capacity figures as metric families: one family a layer and unit, so that no family mixes units.

Compute layers carry `aggregate`; what tenants were promised does not: a tenant asks a site, not an aggregate.
An unknown figure gives no sample.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

from prometheus_client.core import GaugeMetricFamily

from orchestrator.adapters.exporter_prometheus.reading import Reading
from orchestrator.adapters.exporter_prometheus.units import UNITS
from orchestrator.model.capacity import CapacityLine, RegionCapacity, Resource, Source, TenantLine
from orchestrator.model.quota import UNLIMITED
from orchestrator.model.tenant import TenantState

LAYERS: Final = {
    "physical": "What all hosts and back ends have, those in maintenance included; tiers of one back end share it.",
    "allocatable": "What may be handed out: reserved parts off, times ratio, less maintenance, less the reserve.",
    "declared": "Sum of the tenants' quotas in the specs.",
    "quota": "Sum of the tenants' quotas in the cloud's API; +Inf: one has no limit; none: one is not known.",
    "guaranteed": "Sum of the tenants' guaranteed shares in the specs.",
    "allocated": "What existing servers, volumes and floating IPs take.",
    "reserve": "Kept back by the region's reserve; with it, what could be handed out.",
    "used": "Really written on a back end, which its tiers share; addresses in use, routers' too.",
}
TENANT_LAYERS: Final = {
    "declared": "A tenant's quota in the specs.",
    "quota": "A tenant's quota in the cloud's API, all projects; +Inf: no limit; none: one is not known.",
    "guaranteed": "A tenant's guaranteed share in the specs.",
    "allocated": "What a tenant's servers, volumes and floating IPs take; no tenant: projects of nobody.",
}
PROMISES: Final = {layer: LAYERS[layer] for layer in ("declared", "quota", "guaranteed")}
PLACE: Final = ("site", "aggregate", "resource", "tier")
TENANT: Final = ("tenant", "resource", "tier")

Families = dict[str, GaugeMetricFamily]


def capacity_families(given: Reading) -> Iterator[GaugeMetricFamily]:
    """All figures, in a stable order."""
    capacity = given.capacity
    families: Families = {}
    for line in capacity.aggregates:
        _add(families, "mutualis_capacity", PLACE, LAYERS, line)
    for line in capacity.sites:
        _add(families, "mutualis_capacity", PLACE, _own_layers(line), line)
    for owned in filter(_told, capacity.tenants):
        _add(families, "mutualis_tenant", TENANT, TENANT_LAYERS, owned)
    yield from (families[name] for name in sorted(families))
    yield _states(capacity)
    yield GaugeMetricFamily(
        "mutualis_capacity_supply_seen",
        "1: physical and allocatable are what the cloud has; 0: what the specs say, the cloud was never read.",
        value=capacity.supply is Source.CLOUD,
    )


def _told(line: TenantLine) -> bool:
    """A tier that a tenant was never promised and does not use is left out: tenants times tiers are many."""
    return line.resource is not Resource.STORAGE or any(getattr(line, layer) for layer in TENANT_LAYERS)


def _own_layers(line: CapacityLine) -> Mapping[str, str]:
    """A site's compute figures are the sum of its aggregates': only what aggregates do not know stands there."""
    return LAYERS if line.resource in {Resource.STORAGE, Resource.FLOATING_IPS} else PROMISES


def _add(
    families: Families, prefix: str, labels: tuple[str, ...], layers: Mapping[str, str], line: CapacityLine | TenantLine
) -> None:
    for layer, text in layers.items():
        amount = getattr(line, layer)
        if amount is not None:
            name = f"{prefix}_{layer}_{UNITS[line.resource]}"
            family = families.setdefault(name, GaugeMetricFamily(name, text, labels=labels))
            value = math.inf if layer == "quota" and amount == UNLIMITED else amount
            family.add_metric([str(getattr(line, label)) for label in labels], value)


def _states(capacity: RegionCapacity) -> GaugeMetricFamily:
    family = GaugeMetricFamily("mutualis_tenants", "Number of tenants in the specs, by state.", labels=("state",))
    for state in TenantState:
        family.add_metric([state.value], capacity.states.get(state.value, 0))
    return family
