"""What the inventory says of itself and of pools and networks: health of each part, addresses, back ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from prometheus_client.core import GaugeMetricFamily

from orchestrator.adapters.exporter_prometheus.reading import Reading
from orchestrator.capacity.tally import tally
from orchestrator.capacity.use import owners
from orchestrator.model.snapshot import AddressUse, InventorySnapshot, PartHealth, StoragePoolUse

GIB: Final = 2**30


def inventory_families(given: Reading) -> Iterator[GaugeMetricFamily]:
    """Health for every part, found or not; networks and pools as far as they were ever read."""
    snapshot = given.snapshot
    yield from _health(snapshot.health)
    yield from _networks(snapshot.addresses)
    yield from _subnets(snapshot)
    yield from _pools(snapshot.pools)


def _health(parts: tuple[PartHealth, ...]) -> Iterator[GaugeMetricFamily]:
    up = _family("mutualis_collector_up", "1: the last read of this part succeeded; 0: its values are old.", "part")
    success = _family(
        "mutualis_collector_last_success_timestamp_seconds", "When this part was last read; none: never.", "part"
    )
    seconds = _family("mutualis_collector_duration_seconds", "How long the last read took, or takes so far.", "part")
    calls = _family("mutualis_collector_api_calls", "Calls to the cloud of the last read.", "part")
    complete = _family(
        "mutualis_collector_completeness_ratio",
        "Share of the projects (of hosts, for placement) of which all is known.",
        "part",
    )
    for health in parts:
        complete.add_metric([health.part], health.completeness)
        up.add_metric([health.part], health.up)
        seconds.add_metric([health.part], health.seconds)
        calls.add_metric([health.part], health.calls)
        if health.last_success > 0:
            success.add_metric([health.part], health.last_success)
    yield from (up, success, seconds, calls, complete, _answers(parts))


def _answers(parts: tuple[PartHealth, ...]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(
        "mutualis_collector_api_answers",
        "Calls of the last read by HTTP status; none: not answered.",
        labels=("part", "status"),
    )
    for health in parts:
        for status, number in health.statuses.items():
            family.add_metric([health.part, status], number)
    return family


def _networks(addresses: tuple[AddressUse, ...]) -> Iterator[GaugeMetricFamily]:
    """Names are not unique: networks of one name add up."""
    total = _family("mutualis_network_addresses", "IPv4 addresses that an external network can give out.", "network")
    used = _family("mutualis_network_used_addresses", "IPv4 addresses taken, by routers and floating IPs.", "network")
    totals, taken = (
        tally((one.network, one.total) for one in addresses),
        tally((one.network, one.used) for one in addresses),
    )
    for network in sorted(totals):
        total.add_metric([network], totals[network])
        used.add_metric([network], taken[network])
    yield from (total, used)


def _subnets(snapshot: InventorySnapshot) -> Iterator[GaugeMetricFamily]:
    """Names are not unique: subnets with the same labels add up."""
    labels = ("tenant", "network", "cidr")
    total = GaugeMetricFamily(
        "mutualis_subnet_addresses", "IPv4 addresses that a subnet can give out; no tenant: nobody's.", labels=labels
    )
    used = GaugeMetricFamily("mutualis_subnet_used_addresses", "IPv4 addresses of a subnet taken.", labels=labels)
    tenants = owners(snapshot)
    named = [((tenants.get(one.project_id, ""), one.network, one.cidr), one) for one in snapshot.subnets]
    totals, taken = tally((key, one.total) for key, one in named), tally((key, one.used) for key, one in named)
    for key in sorted(totals):
        total.add_metric(list(key), totals[key])
        used.add_metric(list(key), taken[key])
    yield from (total, used)


def _pools(pools: tuple[StoragePoolUse, ...]) -> Iterator[GaugeMetricFamily]:
    """By back end: one may have several pools."""
    total = _family("mutualis_pool_physical_bytes", "Size of a volume back end; none: unlimited or unknown.", "pool")
    allocated = _family("mutualis_pool_allocated_bytes", "What a volume back end has given to volumes.", "pool")
    used = _family("mutualis_pool_used_bytes", "What is really written on a volume back end; none: unknown.", "pool")
    for backend in sorted({pool.backend for pool in pools}):
        own = [pool for pool in pools if pool.backend == backend]
        sizes = [pool.total_gib for pool in own if pool.total_gib is not None]
        free = [pool.free_gib for pool in own if pool.free_gib is not None]
        if len(sizes) == len(own):
            total.add_metric([backend], sum(sizes) * GIB)
        if len(sizes) == len(own) == len(free):
            used.add_metric([backend], int((sum(sizes) - sum(free)) * GIB))
        allocated.add_metric([backend], sum(pool.allocated_gib for pool in own) * GIB)
    yield from (total, allocated, used)


def _family(name: str, text: str, label: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, labels=(label,))
