"""Guaranteed shares that find no host: with everything there, and after each loss that must be survived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from orchestrator.capacity.ground import Ground
from orchestrator.capacity.item import Item
from orchestrator.capacity.losses import promised_losses, survivors
from orchestrator.capacity.placement import Placement, amounts
from orchestrator.capacity.tally import tally
from orchestrator.capacity.trial import Trial
from orchestrator.model.fit import Domain, Misfit, Unplaced
from orchestrator.model.region import FailureDomain
from orchestrator.model.tenant import Survives


def misfits(given: Ground, besides: frozenset[str] = frozenset()) -> tuple[Misfit, ...]:
    """By site: with nothing lost, else the worst loss of each kind. `besides`: sites that are not looked at."""
    trial = Trial(given)
    sites = [site for site in trial.shares.by_site if site not in besides | given.gone]
    standing = {site: trial.standing(site) for site in sites}
    found = [misfit for site in sites if (misfit := as_misfit(site, None, standing[site]))]
    full = frozenset(misfit.site for misfit in found)
    after = (
        as_misfit(loss.domain.site, loss.domain, trial.after(loss, standing[loss.domain.site]), also=loss.like)
        for loss in promised_losses(given.specs, given.hosts)
        if loss.domain.site in standing and loss.domain.site not in full
    )
    return (*found, *_worst(misfit for misfit in after if misfit))


def standing_misfits(given: Ground) -> tuple[Misfit, ...]:
    """With nothing lost but what is gone already: shares of a lost site that survive it stand at the others."""
    trial = Trial(given)
    sites = [site for site in trial.shares.by_site if site not in given.gone]
    here = tuple(misfit for site in sites if (misfit := as_misfit(site, None, trial.standing(site))))
    asking = survivors(given.specs, Survives.SITE)
    moving = frozenset(name for site in given.gone for name in asking.get(site, ()))
    if here or not moving:
        return here
    name = "+".join(sorted(given.gone))
    lost = Domain(kind=FailureDomain.SITE, name=name, site=name, hosts=frozenset())
    misfit = as_misfit(name, lost, trial.elsewhere(moving))
    return (misfit,) if misfit else ()


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
