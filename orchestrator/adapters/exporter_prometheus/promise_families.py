"""What was promised against what there is, as metric families: ratios, what is missing, who finds no host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from prometheus_client.core import GaugeMetricFamily

from orchestrator.adapters.exporter_prometheus.reading import Reading
from orchestrator.adapters.exporter_prometheus.units import UNITS
from orchestrator.capacity.promises import missing
from orchestrator.capacity.ratio import ratios
from orchestrator.model.fit import Promise

PLACE: Final = ("site", "resource", "tier")
RATIOS: Final = {
    Promise.DECLARED: ("mutualis_capacity_promise_ratio", "Declared quotas over what may be handed out"),
    Promise.GUARANTEED: ("mutualis_capacity_guarantee_ratio", "Guaranteed shares over what may be handed out"),
}


def promise_families(given: Reading) -> Iterator[GaugeMetricFamily]:
    for promise, (name, text) in RATIOS.items():
        family = GaugeMetricFamily(
            name, f"{text}, the reserve kept back; tiers of one back end have the ratio of all of them.", labels=PLACE
        )
        for line, ratio in ratios(given.capacity, promise):
            family.add_metric([line.site, line.resource, line.tier], ratio)
        yield family
    yield from _missing(given)
    yield _unplaced(given)


def _missing(given: Reading) -> Iterator[GaugeMetricFamily]:
    families = {
        unit: GaugeMetricFamily(
            f"mutualis_promise_missing_{unit}",
            "By how much a promise exceeds what may be handed out; 0: it fits. Tiers of one back end share it.",
            labels=("promise", *PLACE),
        )
        for unit in ("vcpus", "bytes", "addresses")
    }
    for promise, line, amount in missing(given.capacity, given.judged):
        families[UNITS[line.resource]].add_metric([promise, line.site, line.resource, line.tier], amount)
    yield from families.values()


def _unplaced(given: Reading) -> GaugeMetricFamily:
    family = GaugeMetricFamily(
        "mutualis_promise_unplaced_tenants",
        "Tenants whose guaranteed shares find no host, now and after the worst loss of a host or rack, but for shares"
        " that survive nothing; with the site lost, those that survive it.",
        labels=("site", "lost"),
    )
    for site, lost, number in given.unplaced:
        family.add_metric([site, lost], number)
    return family
