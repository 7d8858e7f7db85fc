"""What still goes in, host by host: exactly where nothing has to move, and by trying every placing where little has to.

A loss that moves many servers has no one answer (it depends on where they go): there the figure is held between what
is left if they took nothing, and what is left if they took as much as they can spoil.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from slow_book import RESOURCES, Book, Cell, capacity
from slow_cloud import GIB, SlowHost, SlowServer

Vector = tuple[int, int, int]
UNIT = {"vcpus": "vcpus", "memory": "bytes", "disk": "bytes"}


def headroom(book: Book) -> None:
    cells: dict[Cell, list[SlowHost]] = {}
    for host in book.cloud.hosts:
        cells.setdefault(book.cell(host), []).append(host)
    usable = {cell: [host for host in hosts if book.usable(host)] for cell, hosts in cells.items()}
    for cell in usable:
        _free(book, cell, usable)
        for flavor in book.specs.catalogue["flavors"]:
            if flavor.get("aggregate", cell[1]) == cell[1]:
                _slots(book, cell, usable, flavor["name"], size_of(flavor))
    for site in {site for site, _ in usable} if book.sees_hosts else ():
        _stranded(book, site, [host for (where, _), own in usable.items() if where == site for host in own])


def size_of(flavor: dict[str, float]) -> Vector:
    return int(flavor["vcpus"]), int(flavor["memoryGiB"] * GIB), int(flavor["diskGiB"]) * GIB


# -- losses ------------------------------------------------------------------------------------------------------


def domain(book: Book, host: SlowHost, lost: str) -> str:
    """The name of what fails with a host; empty: a host in no spec hangs in no rack that anybody knows."""
    if lost == "host":
        return host.name
    return str(book.specs.hosts.get(host.name, {}).get("rack", ""))


def largest(book: Book, hosts: Sequence[SlowHost], lost: str, resource: str) -> str:
    """Gives most of the resource; of equal ones that on which most is taken, then the last by name."""
    sums: dict[str, tuple[int, int]] = {}
    for host in hosts:
        if name := domain(book, host, lost):
            gives, taken = sums.get(name, (0, 0))
            sums[name] = (gives + capacity(host, resource), taken + host.used[resource])
    return max(sums, key=lambda name: (*sums[name], name), default="")


def _free(book: Book, cell: Cell, usable: dict[Cell, list[SlowHost]]) -> None:
    for resource in RESOURCES:
        taken = sum(host.used[resource] for host in usable[cell])
        now = sum(capacity(host, resource) for host in usable[cell]) - taken
        elsewhere = sum(
            capacity(host, resource) - host.used[resource]
            for other, hosts in usable.items()
            if other[1] == cell[1] and other[0] != cell[0]
            for host in hosts
        )
        figures = {"none": now, "site": elsewhere}
        for lost in ("host", "rack"):
            if name := largest(book, usable[cell], lost, resource):
                left = [host for host in usable[cell] if domain(book, host, lost) != name]
                figures[lost] = sum(capacity(host, resource) for host in left) - taken
        for lost, value in figures.items():
            labels = {"site": cell[0], "aggregate": cell[1], "resource": resource, "lost": lost}
            book.add(f"mutualis_capacity_free_{UNIT[resource]}", value, **labels)


# -- servers of a flavor -----------------------------------------------------------------------------------------


def room(host: SlowHost, size: Vector) -> int:
    """How many fit beside what Placement has given out; none is larger than Placement gives in one piece."""
    if any(amount > host.amounts[resource][3] for resource, amount in zip(RESOURCES, size, strict=True)):
        return 0
    free = zip(RESOURCES, size, strict=True)
    return min((capacity(host, resource) - host.used[resource]) // amount for resource, amount in free if amount)


def _slots(book: Book, cell: Cell, usable: dict[Cell, list[SlowHost]], flavor: str, size: Vector) -> None:
    def told(lost: str, least: int, most: int) -> None:
        labels = {"site": cell[0], "aggregate": cell[1], "flavor": flavor, "lost": lost}
        book.add_between("mutualis_flavor_free_slots", max(0, least), most, **labels)

    now = sum(room(host, size) for host in usable[cell])
    told("none", now, now)
    elsewhere = [host for other, own in usable.items() if other[1] == cell[1] and other[0] != cell[0] for host in own]
    far = sum(room(host, size) for host in elsewhere)
    told("site", far, far)
    for lost in ("host", "rack"):
        names = {largest(book, usable[cell], lost, resource) for resource in RESOURCES} - {""}
        bounds = [_left(book, usable[cell], lost, name, size) for name in names]
        if bounds:
            told(lost, min(least for least, _ in bounds), min(most for _, most in bounds))


def _left(book: Book, hosts: Sequence[SlowHost], lost: str, name: str, size: Vector) -> tuple[int, int]:
    """Of a domain that is lost. What comes from it spoils a slot a host and resource, and its own amounts."""
    left = [host for host in hosts if domain(book, host, lost) != name]
    most = sum(room(host, size) for host in left)
    site = [host for host in book.cloud.hosts if book.cell(host)[0] == book.cell(hosts[0])[0] and book.usable(host)]
    gone = [host for host in site if domain(book, host, lost) == name]
    moved = [sum(host.used[resource] for host in gone) for resource in RESOURCES]
    if not any(moved):
        return most, most
    spoilt = sum(amount // each + len(left) for amount, each in zip(moved, size, strict=True) if each)
    return most - spoilt, most


# -- servers that find no other host -----------------------------------------------------------------------------


def _stranded(book: Book, site: str, hosts: Sequence[SlowHost]) -> None:
    for lost in ("host", "rack"):
        names = {largest(book, hosts, lost, resource) for resource in RESOURCES} - {""}
        if names:
            most = max(stranded(book, hosts, lost, name) for name in names)
            book.add("mutualis_capacity_stranded_servers", most, site=site, lost=lost)


def stranded(book: Book, hosts: Sequence[SlowHost], lost: str, name: str) -> int:
    """Servers on a lost domain less the most of them that can be placed on the site's other hosts."""
    gone = {host.name for host in hosts if domain(book, host, lost) == name}
    left = [host for host in hosts if host.name not in gone]
    servers = [one for one in book.cloud.servers if one.host in gone]
    return len(servers) - placed(book, servers, left)


def placed(book: Book, servers: Iterable[SlowServer], hosts: Sequence[SlowHost]) -> int:
    """By trying: each server on each host, or left out; servers of one size are tried in one order alone."""
    bound = {
        size_of(flavor)[:2]: flavor["aggregate"] for flavor in book.specs.catalogue["flavors"] if "aggregate" in flavor
    }
    sizes = sorted((one.takes["vcpus"], one.takes["memory"], one.takes["disk"]) for one in servers)
    aggregates = [book.cell(host)[1] for host in hosts]
    start = tuple(tuple(capacity(host, one) - host.used[one] for one in RESOURCES) for host in hosts)

    @cache
    def best(place: int, free: tuple[tuple[int, ...], ...]) -> int:
        if place == len(sizes):
            return 0
        size, most = sizes[place], 0
        for number, own in enumerate(free):
            wanted = bound.get(size[:2], aggregates[number])
            if wanted == aggregates[number] and all(a <= b for a, b in zip(size, own, strict=True)):
                rest = tuple(b - a for a, b in zip(size, own, strict=True))
                most = max(most, 1 + best(place + 1, (*free[:number], rest, *free[number + 1 :])))
                if most == len(sizes) - place:
                    return most
        return max(most, best(place + 1, free))

    return best(0, start)
