"""Waivers as metric families: how many there are by rule, and when each ends."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily

from orchestrator.adapters.exporter_prometheus.moment import end_of_day
from orchestrator.adapters.exporter_prometheus.reading import Reading


def waiver_families(given: Reading) -> Iterator[GaugeMetricFamily]:
    """As they stand on the day of the snapshot. A rule without waivers has no series.

    Days left until the first one ends: `(mutualis_waiver_end_timestamp_seconds - time()) / 86400`.
    """
    waivers = given.specs.waivers
    today = dt.datetime.fromtimestamp(given.snapshot.taken_at, dt.UTC).date()
    counts = Counter((one.rule, "expired" if one.expires < today else "active") for one in waivers.values())
    count = GaugeMetricFamily("mutualis_waiver_documents", "Waivers in the specs.", labels=("rule", "state"))
    for (rule, state), number in sorted(counts.items()):
        count.add_metric([rule, state], number)
    end = GaugeMetricFamily(
        "mutualis_waiver_end_timestamp_seconds", "When a waiver stops counting.", labels=("rule", "waiver")
    )
    for waiver in sorted(waivers.values(), key=lambda one: (one.rule, one.name)):
        end.add_metric([waiver.rule, waiver.name], end_of_day(waiver.expires))
    yield from (count, end)
