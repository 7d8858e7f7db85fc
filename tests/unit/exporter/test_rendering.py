"""Our own rendering says what prometheus_client's says, byte for byte."""

from __future__ import annotations

import math

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.openmetrics import exposition as openmetrics

from orchestrator.adapters.exporter_prometheus.rendering import rendered

VALUES = (0, 1, -1, 0.1, 1e6, 123456.789, 1234567.0, 1.5e300, 2**53, -12345678.0, math.inf, -math.inf, math.nan, True)
TEXTS = ("", "plain", 'quote "', "back\\slash", "line\nbreak", "é à ç", "a,b}c{d", "  ")


class Given:
    """What a registry collects from."""

    def __init__(self, *families: Metric) -> None:
        self._families = families

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> tuple[Metric, ...]:
        return self._families


def gauges() -> list[Metric]:
    labelled = GaugeMetricFamily("mutualis_a_bytes", 'says "this"\nand \\that', labels=("tenant", "resource", "cidr"))
    for text in TEXTS:
        for value in VALUES:
            labelled.add_metric([text, f"r{value}", "10.0.0.0/8"], value)
    single = [GaugeMetricFamily(f"mutualis_b{place}", "one", value=value) for place, value in enumerate(VALUES)]
    return [labelled, GaugeMetricFamily("mutualis_empty", "none", labels=("tenant",)), *single]


def timed() -> Metric:
    family = GaugeMetricFamily("mutualis_timed", "with a time", labels=("a",))
    family.add_metric(["b"], 1, timestamp=12)
    return family


@pytest.mark.parametrize(
    "families",
    [[], gauges(), [CounterMetricFamily("c", "counted", value=3), *gauges()], [timed()]],
    ids=["nothing", "gauges", "a counter too", "a time stamp"],
)
def test_the_page_is_the_librarys(families: list[Metric]) -> None:
    """In both formats: labels in order, escapes, and numbers as Go writes them."""
    registry = CollectorRegistry()
    registry.register(Given(*families))
    page = rendered(families)
    assert page["plain"] == generate_latest(registry)
    assert page["openmetrics"] == openmetrics.generate_latest(registry)
