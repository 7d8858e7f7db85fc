"""One ground's shares, put on its hosts again and again: as they are, and after losses."""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator.capacity.demand import promised
from orchestrator.capacity.domains import without
from orchestrator.capacity.ground import Ground
from orchestrator.capacity.hosts import HostSupply
from orchestrator.capacity.losses import Loss
from orchestrator.capacity.placement import Asked, Placement, cells_of, place
from orchestrator.capacity.shares import Shares, shares
from orchestrator.model.fit import Domain
from orchestrator.model.region import FailureDomain
from orchestrator.model.tenant import Survives


class Trial:
    """`shares`: of all tenants, `gone`: sites that are lost already. Placements of a site start from `standing`."""

    def __init__(self, given: Ground) -> None:
        self.hosts = given.hosts
        self.gone = given.gone
        self.shares: Shares = shares(given.specs)
        self.cells = cells_of(given.hosts)
        self.sites = frozenset(site for site, _ in self.cells)
        self._frail = frozenset(one.name for one in promised(given.specs) if one.guarantee.survives is Survives.NONE)

    def standing(self, site: str) -> Placement:
        """Every share of a site, nothing further lost."""
        return self._site(site, [host for host in self.hosts if host.site == site], None)

    def without(self, lost: Domain, before: Placement) -> Placement:
        """Every share of a site on its other hosts, moved as little as may be."""
        left = [host for host in without(self.hosts, lost.hosts) if host.site == lost.site]
        return self._site(lost.site, left, before)

    def after(self, loss: Loss, before: Placement) -> Placement:
        """Only what must survive the loss; that of a site, at the others."""
        domain = loss.domain
        if domain.kind is FailureDomain.SITE:
            return self.elsewhere(loss.survivors, frozenset({domain.site}))
        left = [host for host in without(self.hosts, domain.hosts) if host.site == domain.site]
        asked = self.shares.at(domain.site, lambda tenant: tenant in loss.survivors)
        return place(left, asked, self.cells, before=before)

    def elsewhere(self, moving: frozenset[str], lost: frozenset[str] = frozenset()) -> Placement:
        """Shares of lost sites at the other ones, beside everything that is guaranteed there."""
        gone = self.gone | lost
        staying = [asked for site in self.shares.by_site if site not in gone for asked in self.shares.at(site)]
        moved = self.shares.moved(gone, self.sites, lambda tenant: tenant in moving)
        return self._in_order([host for host in self.hosts if host.site not in gone], staying, moved, None)

    def _site(self, site: str, hosts: Sequence[HostSupply], before: Placement | None) -> Placement:
        """Shares that survive nothing are the first to find no host."""
        sturdy = self.shares.at(site, lambda tenant: tenant not in self._frail)
        frail = self.shares.at(site, lambda tenant: tenant in self._frail)
        return self._in_order(hosts, sturdy, frail, before)

    def _in_order(
        self, hosts: Sequence[HostSupply], first: Sequence[Asked], then: Sequence[Asked], before: Placement | None
    ) -> Placement:
        """All together; when that does not work out, `first` has its places before `then`."""
        together = place(hosts, (*first, *then), self.cells, before=before)
        if not (together.unplaced and then):
            return together
        base = place(hosts, first, self.cells, before=before)
        return place(hosts, (*first, *then), self.cells, before=base, anew=False)
