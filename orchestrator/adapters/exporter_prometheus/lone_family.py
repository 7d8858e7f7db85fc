"""A family that has one sample, or none while its figure is not known."""

from __future__ import annotations

from prometheus_client.core import GaugeMetricFamily


def lone_family(name: str, told: str, value: float | None) -> GaugeMetricFamily:
    """Without labels. `value` None: no sample."""
    family = GaugeMetricFamily(name, told)
    if value is not None:
        family.add_metric([], value)
    return family
