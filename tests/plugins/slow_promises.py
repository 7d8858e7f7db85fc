"""What was promised and what is taken, by site and by tenant."""

from __future__ import annotations

import math
from collections import defaultdict

from slow_book import GUARANTEED, UNITS, Book
from slow_cloud import GIB
from slow_specs import SlowTenant, Want

PROMISED = ("vcpus", "memory", "servers")  # what a site's tenants have quotas of, storage apart


def site_promises(book: Book) -> None:
    sites = {*book.specs.sites, *(book.cell(host)[0] for host in book.cloud.hosts)}
    for site in sites:
        here = book.here(site)
        for resource in PROMISED:
            promises(book, here, (resource, ""), site=site)
    promises(book, list(book.specs.tenants.values()), ("floating_ips", ""), site="")


def promises(book: Book, tenants: list[SlowTenant], want: Want, **where: str) -> None:
    resource = want[0]
    book.place("declared", resource, sum(one.declared.get(want, 0) for one in tenants), **where)
    book.place("quota", resource, sum(book.quota(one.name, want) for one in tenants), **where)
    if resource in GUARANTEED:
        book.place("guaranteed", resource, sum(one.guaranteed.get(want, 0) for one in tenants), **where)


def tenants(book: Book) -> None:
    used = _used(book)
    plain = [(resource, "") for resource in UNITS if resource != "storage"]
    wants = [*plain, *(("storage", tier) for tier in book.specs.tiers)]
    for tenant, want in {*((name, want) for name in book.specs.tenants for want in wants), *used}:
        ours = book.specs.tenants.get(tenant)
        figures = {
            "declared": ours.declared.get(want, 0) if ours and want[0] != "disk" else None,
            "quota": book.quota(tenant, want) if want[0] != "disk" else None,
            "guaranteed": ours.guaranteed.get(want, 0) if ours and want[0] in GUARANTEED else None,
            "allocated": used.get((tenant, want), 0),
        }
        if want[0] == "storage" and not any(figures.values()):
            continue  # tenants times tiers are many: a tier that is nothing to a tenant is left out
        for layer, value in figures.items():
            name = f"mutualis_tenant_{layer}_{UNITS[want[0]]}"
            book.add(name, value, tenant=tenant, resource=want[0], tier=want[1])
    for state in ("active", "suspended", "retired"):
        book.add("mutualis_tenants", sum(one.state == state for one in book.specs.tenants.values()), state=state)


def _used(book: Book) -> dict[tuple[str, Want], int]:
    used: dict[tuple[str, Want], int] = defaultdict(int)
    for server in book.cloud.servers:
        for resource, amount in server.takes.items():
            used[server.tenant, (resource, "")] += amount
    for volume in book.cloud.volumes:
        used[volume.tenant, ("storage", volume.tier)] += volume.gib * GIB
    for tenant in book.cloud.floating_ips:
        used[tenant, ("floating_ips", "")] += 1
    return used


def objects(book: Book) -> None:
    """Of Neutron, by the project that each belongs to."""
    nobody = {tenant for found in book.cloud.objects.values() for tenant in found}
    for kind, found in book.cloud.objects.items():
        name = kind.removesuffix("s")
        for tenant in {*book.specs.tenants, *nobody}:
            ours = book.specs.tenants.get(tenant)
            labels = {"tenant": tenant, "resource": kind}
            book.add("mutualis_tenant_declared_objects", ours.objects[kind] if ours else None, **labels)
            book.add("mutualis_tenant_quota_objects", book.limit(tenant, "network", name), **labels)
            book.add("mutualis_tenant_allocated_objects", found.get(tenant, 0), **labels)


def kept(book: Book) -> None:
    """Every site's promises against what may be handed out there; the tiers of one back end share it."""
    for resource in ("vcpus", "memory"):
        for site in {dict(labels)["site"] for name, labels in list(book.samples) if name.startswith(DECLARED)}:
            handed = _sum(book, "allocatable", resource, site=site)
            for promise in ("declared", "guaranteed"):
                wanted = _sum(book, promise, resource, site=site) or 0
                _kept(book, promise, wanted, handed, site=site, resource=resource, tier="")
    _kept(
        book,
        "declared",
        _sum(book, "declared", "floating_ips") or 0,
        _sum(book, "allocatable", "floating_ips"),
        site="", resource="floating_ips", tier="",
    )  # fmt: skip
    _kept_storage(book)


DECLARED = "mutualis_capacity_declared_vcpus"
NAMES = {"declared": "promise", "guaranteed": "guarantee"}


def _kept_storage(book: Book) -> None:
    tiers = {
        (dict(labels)["site"], dict(labels)["tier"])
        for name, labels in book.samples
        if name == "mutualis_capacity_declared_bytes" and dict(labels)["resource"] == "storage"
    }
    for site, tier in tiers:
        backend = book.specs.tiers.get(tier)
        sharing = [one for one, where in book.specs.tiers.items() if where == backend] if backend else [tier]
        handed = _sum(book, "allocatable", "storage", site=site, tier=tier)
        for promise in ("declared", "guaranteed"):
            wanted = sum(_sum(book, promise, "storage", site=site, tier=one) or 0 for one in sharing)
            _kept(book, promise, wanted, handed, site=site, resource="storage", tier=tier)


def _kept(book: Book, promise: str, wanted: float, handed: float | None, **place: str) -> None:
    if handed is not None:
        nothing = math.inf if wanted else 0
        book.add(f"mutualis_capacity_{NAMES[promise]}_ratio", wanted / handed if handed else nothing, **place)
    name = f"mutualis_promise_missing_{UNITS[place['resource']]}"
    book.add(name, max(0, wanted - (handed or 0)), promise=promise, **place)


def _sum(book: Book, layer: str, resource: str, **where: str) -> float | None:
    """Over aggregates."""
    wanted = {("resource", resource), *where.items()}
    name = f"mutualis_capacity_{layer}_{UNITS[resource]}"
    found = [value for (one, labels), value in book.samples.items() if one == name and wanted <= set(labels)]
    return sum(found) if found else None
