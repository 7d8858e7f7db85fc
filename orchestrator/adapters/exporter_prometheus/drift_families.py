"""The last drift pass as metric families: what differs, by tenant and owner, and how fresh that is."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily

from orchestrator.adapters.exporter_prometheus.lone_family import lone_family
from orchestrator.adapters.exporter_prometheus.moment import moment
from orchestrator.adapters.exporter_prometheus.reading import Reading
from orchestrator.model.drift import DriftRecord, Owner


def drift_families(given: Reading) -> Iterator[GaugeMetricFamily]:
    """No sample before the first pass, and none of a stack that was never looked at with success."""
    record = given.records.drift if given.records else None
    yield _objects(record)
    yield lone_family(
        "mutualis_drift_up", "1: the last drift pass looked at all that it was to.", record.complete if record else None
    )
    yield lone_family(
        "mutualis_drift_duration_seconds", "How long the last drift pass took.", record.seconds if record else None
    )
    seen = moment(record.seen_since) if record else None
    told = "Every stack has been compared with the cloud since then; none: one never was."
    yield lone_family("mutualis_drift_last_success_timestamp_seconds", told, seen)


def _objects(record: DriftRecord | None) -> GaugeMetricFamily:
    family = GaugeMetricFamily(
        "mutualis_drift_objects",
        "Objects that differ from what was applied at the last good look: ours have drifted, theirs may differ.",
        labels=("tenant", "owner"),
    )
    for tenant, one in sorted(record.stacks.items()) if record else ():
        family.add_metric([tenant, Owner.OURS], one.ours)
        family.add_metric([tenant, Owner.THEIRS], one.theirs)
    return family
