"""What a collection says of itself: when it was, and whether the specs could be read."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily

from orchestrator.adapters.exporter_prometheus.reading import Reading


def collection_families(given: Reading) -> Iterator[GaugeMetricFamily]:
    yield GaugeMetricFamily(
        "mutualis_collection_timestamp_seconds",
        "When these figures were put together; each part may be older (its own last success).",
        value=given.snapshot.taken_at,
    )
    yield GaugeMetricFamily(
        "mutualis_specs_up",
        "1: the specs were read; 0: they cannot be read now and the last good ones count.",
        value=given.specs_up,
    )
