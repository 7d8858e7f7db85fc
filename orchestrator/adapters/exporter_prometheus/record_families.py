"""What the state folder tells, as metric families: what was applied and when, what is pending. Unknown: no sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from prometheus_client.core import GaugeMetricFamily

from orchestrator.adapters.exporter_prometheus.lone_family import lone_family
from orchestrator.adapters.exporter_prometheus.moment import moment
from orchestrator.adapters.exporter_prometheus.reading import Reading
from orchestrator.model.outcome import RunReport, Status
from orchestrator.model.plan import LedgerEntry, tenant_of


def record_families(given: Reading) -> Iterator[GaugeMetricFamily]:
    records = given.records
    yield _steps(records.ledger.values() if records else ())
    yield from _run(records.run if records else None)
    pending = GaugeMetricFamily(
        "mutualis_plan_pending_steps",
        "Steps that the specs as they are now would take, by specs and ledger alone.",
        labels=("reason",),
    )
    for reason, number in records.pending.items() if records else ():
        pending.add_metric([reason], number)
    yield pending


def _steps(entries: Iterable[LedgerEntry]) -> GaugeMetricFamily:
    """An entry that cannot be read, or of an apply that did not finish, vouches for nothing."""
    family = GaugeMetricFamily(
        "mutualis_step_applied_timestamp_seconds",
        "When a step was last applied with success; no tenant: a host's, or the region's.",
        labels=("step", "tenant"),
    )
    for entry in entries:
        at = moment(entry.applied_at)
        if at is not None and entry.digest and not entry.problem:
            family.add_metric([entry.step, tenant_of(entry.step)], at)
    return family


def _run(run: RunReport | None) -> Iterator[GaugeMetricFamily]:
    steps = GaugeMetricFamily("mutualis_apply_steps", "Steps of the last apply, by outcome.", labels=("outcome",))
    if run:
        counts = Counter(outcome.status for outcome in run.outcomes)
        for status in Status:
            steps.add_metric([status], counts[status])
    ended = "When the last apply ended; none: it goes on, or was killed."
    yield lone_family("mutualis_apply_timestamp_seconds", ended, moment(run.finished_at) if run else None)
    yield steps
    made = "When the plan that was last applied was made."
    yield lone_family("mutualis_plan_timestamp_seconds", made, moment(run.planned_at) if run else None)
