"""Whose guaranteed shares find no host: by sums that no placing can beat, and by placings that nothing can spoil.

Between the two there are several right answers: which tenants go without is a choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from slow_book import Book, capacity
from slow_cloud import SlowHost
from slow_headroom import domain
from slow_specs import SlowTenant

SHARED = ("vcpus", "memory")
Bounds = tuple[int, int]


def unplaced(book: Book) -> None:
    """Shares are placed on empty hosts; what survives nothing counts only while nothing is lost."""
    for site in book.specs.sites:
        hosts = [host for host in book.cloud.hosts if book.cell(host)[0] == site and book.usable(host)]
        here = [one for one in book.here(site) if any(one.guaranteed.get((resource, "")) for resource in SHARED)]
        _told(book, site, "none", [_bounds(book, here, hosts)])
        lasting = [one for one in here if _survives(book, one) != "none"]
        for lost in ("host", "rack"):
            names = {domain(book, host, lost) for host in hosts} - {""}
            left = [[host for host in hosts if domain(book, host, lost) != name] for name in names]
            _told(book, site, lost, [_bounds(book, lasting, some) for some in left])
        assert all(_survives(book, one) != "site" for one in here), "the slow method knows no such share"
        _told(book, site, "site", [(0, 0)])


def _survives(book: Book, tenant: SlowTenant) -> str:
    return str(book.specs.tenant_specs[tenant.name].get("guarantee", {}).get("survives", "host"))


def _told(book: Book, site: str, lost: str, found: Sequence[Bounds]) -> None:
    """The worst loss of a kind."""
    least, most = max(least for least, _ in found), max(most for _, most in found)
    book.add_between("mutualis_promise_unplaced_tenants", least, most, site=site, lost=lost)


def _bounds(book: Book, tenants: Sequence[SlowTenant], hosts: Sequence[SlowHost]) -> Bounds:
    """The most tenants whose sums fit are not beaten; where all of them fit whole on two hosts, nobody is left out.

    Two, as a group may have to stand apart; one is enough where nobody has such a group.
    """
    sizes = [[one.guaranteed[resource, ""] for resource in SHARED] for one in tenants]
    room = [[capacity(host, resource) for resource in SHARED] for host in hosts]
    together = [sum(column) for column in zip(*room, strict=True)] or [0, 0]
    fitting = max(
        number
        for number in range(len(sizes) + 1)
        for some in combinations(sizes, number)
        if all(sum(column) <= most for column, most in zip(zip(*some, strict=True), together, strict=False))
    )
    whole = [sum(column) for column in zip(*sizes, strict=True)] or [0, 0]
    roomy = sum(all(wanted <= one for wanted, one in zip(whole, own, strict=True)) for own in room)
    apart = any(book.specs.tenant_specs[one.name].get("serverGroups") for one in tenants)
    return len(sizes) - fitting, 0 if not sizes or roomy > apart else len(sizes)
