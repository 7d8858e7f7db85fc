"""Network objects of each tenant, and how old its quotas in the API are. An unknown figure gives no sample."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from prometheus_client.core import GaugeMetricFamily

from orchestrator.adapters.exporter_prometheus.reading import Reading
from orchestrator.capacity.object_lines import object_lines
from orchestrator.capacity.quota_age import quota_times
from orchestrator.model.quota import UNLIMITED

LAYERS: Final = {
    "declared": "A tenant's quota of network objects in the specs.",
    "quota": "The same in the cloud's API, all projects; +Inf: no limit; none: one is not known.",
    "allocated": "Network objects of a tenant, as Neutron's quota counts them; no tenant: projects of nobody.",
}


def object_families(given: Reading) -> Iterator[GaugeMetricFamily]:
    """A family a layer, and the times."""
    lines = object_lines(given.specs, given.snapshot)
    for layer, told in LAYERS.items():
        family = GaugeMetricFamily(f"mutualis_tenant_{layer}_objects", told, labels=("tenant", "resource"))
        for line in lines:
            amount = getattr(line, layer)
            if amount is not None:
                family.add_metric([line.tenant, line.resource], math.inf if amount == UNLIMITED else amount)
        yield family
    yield _times(given)


def _times(given: Reading) -> GaugeMetricFamily:
    family = GaugeMetricFamily(
        "mutualis_tenant_quota_timestamp_seconds",
        "When the oldest of a tenant's quotas was read from the API; none: one was not read yet.",
        labels=("tenant", "part"),
    )
    for (tenant, part), at in quota_times(given.snapshot).items():
        family.add_metric([tenant, part], at)
    return family
