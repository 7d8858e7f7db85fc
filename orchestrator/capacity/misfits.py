"""Guaranteed shares that find no host: with everything there, and after each loss that must be survived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from orchestrator.capacity.domains import without
from orchestrator.capacity.ground import Ground
from orchestrator.capacity.item import Item
from orchestrator.capacity.losses import Loss, promised_losses
from orchestrator.capacity.placement import Placement, amounts, cells_of, place
from orchestrator.capacity.shares import Shares, shares
from orchestrator.capacity.tally import tally
from orchestrator.model.fit import Domain, Misfit, Unplaced
from orchestrator.model.region import FailureDomain


def misfits(given: Ground, besides: frozenset[str] = frozenset()) -> tuple[Misfit, ...]:
    """By site: with nothing lost, else the worst loss of each kind. `besides`: sites that are not looked at."""
    trial = Trial(given)
    sites = [site for site in trial.shares.by_site if site not in besides | given.gone]
    standing = {site: trial.standing(site) for site in sites}
    found = [misfit for site in sites if (misfit := as_misfit(site, None, standing[site]))]
    full = frozenset(misfit.site for misfit in found)
    after = (
        trial.after(loss, standing[loss.domain.site])
        for loss in promised_losses(given.specs, given.hosts)
        if loss.domain.site in standing and loss.domain.site not in full
    )
    return (*found, *_worst(misfit for misfit in after if misfit))


class Trial:
    """One ground's shares, put on its hosts again and again."""

    def __init__(self, given: Ground) -> None:
        self.hosts = given.hosts
        self.shares: Shares = shares(given.specs)
        self.cells = cells_of(given.hosts)
        self.sites = frozenset(site for site, _ in self.cells)

    def standing(self, site: str) -> Placement:
        """Every share of a site, nothing lost."""
        return place([host for host in self.hosts if host.site == site], self.shares.at(site), self.cells)

    def after(self, loss: Loss, before: Placement) -> Misfit | None:
        """What of the survivors finds no host."""
        domain = loss.domain
        placed = self._elsewhere(loss) if domain.kind is FailureDomain.SITE else self._here(loss, before)
        return as_misfit(domain.site, domain, placed, also=loss.like)

    def _here(self, loss: Loss, before: Placement) -> Placement:
        """On the site's other hosts, moved as little as may be."""
        left = [host for host in without(self.hosts, loss.domain.hosts) if host.site == loss.domain.site]
        asked = self.shares.at(loss.domain.site, lambda tenant: tenant in loss.survivors)
        return place(left, asked, self.cells, before=before)

    def _elsewhere(self, loss: Loss) -> Placement:
        """At the other sites, beside everything that is guaranteed there."""
        gone = frozenset({loss.domain.site})
        staying = [asked for site in self.shares.by_site if site not in gone for asked in self.shares.at(site)]
        moved = self.shares.moved(gone, self.sites, lambda tenant: tenant in loss.survivors)
        return place(without(self.hosts, loss.domain.hosts), (*staying, *moved), self.cells)


def as_misfit(site: str, loss: Domain | None, placed: Placement, also: int = 0) -> Misfit | None:
    """None when everything found a host."""
    if not placed.unplaced:
        return None
    missing = tally(
        (resource, amount * count) for item, count in placed.unplaced for resource, amount in amounts(item.size).items()
    )
    return Misfit(
        site=site, loss=loss, unplaced=tuple(_told(placed.unplaced)), missing=missing, hole=placed.hole, also=also
    )


def _told(unplaced: Iterable[tuple[Item, int]]) -> Iterator[Unplaced]:
    """Servers of one tenant and size together; the rest of its share likewise."""
    groups: dict[tuple[str, bool, tuple[int, int, int]], list[tuple[Item, int]]] = {}
    for item, count in unplaced:
        groups.setdefault((item.tenant, not item.servers, item.size), []).append((item, count))
    for (tenant, _, size), group in groups.items():
        names = tuple("+".join(item.servers) for item, _ in group if item.servers)
        yield Unplaced(tenant=tenant, servers=names, count=sum(count for _, count in group), each=amounts(size))


def _worst(found: Iterable[Misfit]) -> Iterator[Misfit]:
    """One a site and kind of loss: the one with the most pieces without a host."""
    by_kind: Mapping[object, list[Misfit]] = _grouped(found)
    for group in by_kind.values():
        worst = max(group, key=lambda one: sum(unplaced.count for unplaced in one.unplaced))
        others = sum(1 + one.also for one in group) - 1
        yield Misfit(
            site=worst.site,
            loss=worst.loss,
            unplaced=worst.unplaced,
            missing=worst.missing,
            hole=worst.hole,
            also=others,
        )


def _grouped(found: Iterable[Misfit]) -> dict[object, list[Misfit]]:
    groups: dict[object, list[Misfit]] = {}
    for misfit in found:
        groups.setdefault((misfit.site, misfit.loss and misfit.loss.kind), []).append(misfit)
    return groups
