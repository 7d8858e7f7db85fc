"""What the last audit of each host measured, as metric families."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily

from orchestrator.adapters.exporter_prometheus.moment import moment
from orchestrator.adapters.exporter_prometheus.reading import Reading


def audit_families(given: Reading) -> Iterator[GaugeMetricFamily]:
    """Of hosts that the specs still have; no sample of a host that was never measured."""
    record = given.records.audit if given.records else None
    hosts = [one for one in record.hosts if one.host in given.specs.hosts] if record else []
    score = GaugeMetricFamily(
        "mutualis_host_audit_score_ratio",
        "Share of the rules that concern a host that pass; no reason and no waiver raises it.",
        labels=("host", "level"),
    )
    rules = GaugeMetricFamily(
        "mutualis_host_audit_rules",
        "Rules of the host's level, by how they stand.",
        labels=("host", "level", "standing"),
    )
    measured = GaugeMetricFamily(
        "mutualis_host_audit_timestamp_seconds", "When a host was last measured.", labels=("host",)
    )
    for host in hosts:
        if host.score is not None:
            score.add_metric([host.host, host.level], host.score)
        for standing, number in host.counts.items():
            rules.add_metric([host.host, host.level, standing], number)
        at = moment(host.measured_at)
        if at is not None:
            measured.add_metric([host.host], at)
    yield from (score, rules, measured)
