"""What still goes in, as metric families, once the cloud told of its hosts: an empty region's room is no figure."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily

from orchestrator.adapters.exporter_prometheus.reading import Reading
from orchestrator.adapters.exporter_prometheus.units import UNITS
from orchestrator.model.capacity import Resource, Source
from orchestrator.model.headroom import Headroom


def headroom_families(given: Reading) -> Iterator[GaugeMetricFamily]:
    found = given.headroom if given.capacity.supply is Source.CLOUD else Headroom()
    yield from _free(found)
    yield _slots(found)
    yield _stranded(found)


def _free(found: Headroom) -> Iterator[GaugeMetricFamily]:
    families = {
        unit: GaugeMetricFamily(
            f"mutualis_capacity_free_{unit}",
            "What nobody has taken of an aggregate's hosts, the reserve included, now and after the loss of the largest"
            " host or rack; with the site lost, at the other sites. Below 0: it does not fit.",
            labels=("site", "aggregate", "resource", "lost"),
        )
        for unit in (UNITS[Resource.VCPUS], UNITS[Resource.MEMORY])
    }
    for line in found.free:
        families[UNITS[line.resource]].add_metric([line.site, line.aggregate, line.resource, line.lost], line.amount)
    yield from families.values()


def _slots(found: Headroom) -> GaugeMetricFamily:
    family = GaugeMetricFamily(
        "mutualis_flavor_free_slots",
        "Servers of a flavor that still find a host, packed beside what stands there, now and after the loss of the"
        " largest host or rack; with the site lost, at the other sites.",
        labels=("site", "aggregate", "flavor", "lost"),
    )
    for line in found.slots:
        family.add_metric([line.site, line.aggregate, line.flavor, line.lost], line.servers)
    return family


def _stranded(found: Headroom) -> GaugeMetricFamily:
    family = GaugeMetricFamily(
        "mutualis_capacity_stranded_servers",
        "Servers of the largest host or rack that would find no other host at the site if it were lost.",
        labels=("site", "lost"),
    )
    for line in found.stranded:
        family.add_metric([line.site, line.lost], line.servers)
    return family
