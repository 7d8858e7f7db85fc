"""Waivers as metric families: how many there are by rule, and when each ends."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping

from prometheus_client.core import GaugeMetricFamily

from orchestrator.model.specs import Waiver


def waiver_families(waivers: Mapping[str, Waiver], now: float) -> Iterator[GaugeMetricFamily]:
    """`now`: seconds since the epoch. A rule without waivers has no series.

    Days left until the first one ends: `(mutualis_waiver_end_timestamp_seconds - time()) / 86400`.
    """
    today = dt.datetime.fromtimestamp(now, dt.UTC).date()
    counts = Counter((one.rule, "expired" if one.expires < today else "active") for one in waivers.values())
    count = GaugeMetricFamily("mutualis_waiver_documents", "Waivers in the specs.", labels=("rule", "state"))
    for (rule, state), number in sorted(counts.items()):
        count.add_metric([rule, state], number)
    end = GaugeMetricFamily(
        "mutualis_waiver_end_timestamp_seconds", "When a waiver stops counting.", labels=("rule", "waiver")
    )
    for waiver in sorted(waivers.values(), key=lambda one: (one.rule, one.name)):
        end.add_metric([waiver.rule, waiver.name], _end(waiver.expires))
    yield from (count, end)


def _end(last_day: dt.date) -> float:
    """The first moment (UTC) on which it counts no more."""
    return dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time(), dt.UTC).timestamp()
