"""Every guaranteed share as items, by site, and where its items may stand once hosts or a site are lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from orchestrator.capacity.demand import promised
from orchestrator.capacity.item import Item, items
from orchestrator.capacity.placement import Asked
from orchestrator.model.specs import Specs

Chosen = Callable[[str], bool]
"""Whether a tenant's items are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """`by_site`: of every site of a tenant, in the order of tenants."""

    by_site: Mapping[str, tuple[Item, ...]]

    def at(self, site: str, chosen: Chosen = lambda _: True) -> tuple[Asked, ...]:
        """Items that stay at their site."""
        there = frozenset({site})
        return tuple((item, there) for item in self.by_site.get(site, ()) if chosen(item.tenant))

    def moved(self, gone: frozenset[str], sites: frozenset[str], chosen: Chosen) -> tuple[Asked, ...]:
        """Items of lost sites, which may stand at any other."""
        left = sites - gone
        return tuple(
            (item, left) for site in sorted(gone) for item in self.by_site.get(site, ()) if chosen(item.tenant)
        )


def shares(specs: Specs) -> Shares:
    by_site: dict[str, list[Item]] = {}
    for site, item in _items(specs):
        by_site.setdefault(site, []).append(item)
    return Shares(by_site={site: tuple(some) for site, some in sorted(by_site.items())})


def _items(specs: Specs) -> Iterator[tuple[str, Item]]:
    for tenant in promised(specs):
        for item in items(specs, tenant):
            yield tenant.site, item
