"""What there is and what is taken, by place: hosts, storage, addresses."""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction

from slow_book import RESOURCES, Book, capacity
from slow_cloud import GIB, SlowHost
from slow_promises import promises


def hosts(book: Book) -> None:
    by_site: dict[str, list[SlowHost]] = defaultdict(list)
    for host in book.cloud.hosts:
        by_site[book.cell(host)[0]].append(host)
    for hosts in by_site.values():
        for resource in RESOURCES:
            _site_hosts(book, hosts, resource)


def _site_hosts(book: Book, hosts: list[SlowHost], resource: str) -> None:
    """Of one site: the largest hosts in use are kept back, then the percentage of what is left."""
    gives = {host.name: capacity(host, resource) for host in hosts if book.usable(host)}
    lost = sorted(gives, key=lambda name: (-gives[name], name))[: book.specs.region["reserve"].get("hosts", 0)]
    for cell in sorted({book.cell(host) for host in hosts}):
        own = [host for host in hosts if book.cell(host) == cell]
        kept = sum(gives.get(host.name, 0) for host in own if host.name not in lost)
        figures = {
            "physical": sum(host.amounts[resource][0] for host in own),
            "allocatable": book.less_percent(kept),
            "reserve": sum(gives.get(host.name, 0) for host in own) - book.less_percent(kept),
            "allocated": sum(host.used[resource] for host in own),
        }
        for layer, value in figures.items():
            book.place(layer, resource, value, site=cell[0], aggregate=cell[1])


def servers(book: Book) -> None:
    """By host where it may be seen, else by zone; one that is shelved away is nowhere."""
    cells = {host.name: book.cell(host) for host in book.cloud.hosts}
    counts = dict.fromkeys(cells.values(), 0)
    for server in book.cloud.servers:
        seen = book.sees_hosts and server.host
        place = cells[server.host] if seen else (server.zone, "")
        if any(place):
            counts[place] = counts.get(place, 0) + 1
    for (site, aggregate), number in counts.items():
        unknown = aggregate and not book.sees_hosts and counts.get((site, ""), 0)
        book.place("allocated", "servers", None if unknown else number, site=site, aggregate=aggregate)


def storage(book: Book) -> None:
    used: dict[tuple[str, str], int] = defaultdict(int)
    for volume in book.cloud.volumes:
        used[book.volume_site(volume.tier, volume.tenant), volume.tier] += volume.gib * GIB
    offered = {(site, tier) for tier, backend in book.specs.tiers.items() for site in book.offering(backend)}
    promised = {
        (one.site, tier)
        for one in book.specs.tenants.values()
        for (resource, tier), amount in (*one.declared.items(), *one.guaranteed.items())
        if resource == "storage" and amount
    }
    for site, tier in {*offered, *promised, *used}:
        size = book.pool_bytes(site, tier)
        ratio = Fraction(str(book.specs.region["overcommit"]["storage"]))
        gives = None if size is None else book.less_percent(math.floor(size * ratio))
        book.place("physical", "storage", size, site=site, tier=tier)
        book.place("allocatable", "storage", gives, site=site, tier=tier)
        book.place(
            "reserve",
            "storage",
            None if gives is None else math.floor((size or 0) * ratio) - gives,
            site=site,
            tier=tier,
        )
        if book.offering(book.specs.tiers.get(tier, "")) == [site]:  # Cinder cannot tell of which site another pool is
            book.place("used", "storage", 0, site=site, tier=tier)
        book.place("allocated", "storage", used.get((site, tier), 0), site=site, tier=tier)
        promises(book, book.here(site), ("storage", tier), site=site, tier=tier)


def pools(book: Book) -> None:
    for backend in {backend for _, backend in book.specs.storage}:
        size = sum(amount for (_, one), amount in book.specs.storage.items() if one == backend)
        held = sum(one.gib * GIB for one in book.cloud.volumes if one.backend == backend)
        book.add("mutualis_pool_physical_bytes", size, pool=backend)
        book.add("mutualis_pool_allocated_bytes", held, pool=backend)
        book.add("mutualis_pool_used_bytes", 0, pool=backend)  # the embedded cloud's volumes hold no data


def addresses(book: Book) -> None:
    subnets: dict[tuple[str, str, str], list[int]] = {}
    networks: dict[str, list[int]] = {}
    for one in book.cloud.subnets:
        count(subnets.setdefault((one.tenant, one.network, one.cidr), [0, 0]), one.total, one.used)
        if one.external:
            count(networks.setdefault(one.network, [0, 0]), one.total, one.used)
    for (tenant, network, cidr), (total, used) in subnets.items():
        book.add("mutualis_subnet_addresses", total, tenant=tenant, network=network, cidr=cidr)
        book.add("mutualis_subnet_used_addresses", used, tenant=tenant, network=network, cidr=cidr)
    for name, (total, used) in networks.items():
        book.add("mutualis_network_addresses", total, network=name)
        book.add("mutualis_network_used_addresses", used, network=name)
    size = sum(total for total, _ in networks.values())
    figures = {
        "physical": size,
        "allocatable": size,
        "reserve": 0,
        "allocated": len(book.cloud.floating_ips),
        "used": sum(used for _, used in networks.values()),
    }
    for layer, value in figures.items():
        book.place(layer, "floating_ips", value)


def count(pair: list[int], total: int, used: int) -> None:
    pair[0] += total
    pair[1] += used
