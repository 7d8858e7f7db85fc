"""Every domain of a kind lost, one at a time: which losses the region outlives today, promised or not."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.capacity.domains import domains
from orchestrator.capacity.ground import Ground
from orchestrator.capacity.losses import Loss, distinct, survivors
from orchestrator.capacity.misfits import as_misfit
from orchestrator.capacity.placement import Placement
from orchestrator.capacity.trial import Trial
from orchestrator.model.region import FailureDomain
from orchestrator.model.tenant import Survives
from orchestrator.model.what_if import SweepLine


def sweep(given: Ground, kind: FailureDomain) -> tuple[SweepLine, ...]:
    """A line for each domain; one for those that take equal hosts. With a site only what survives it must fit."""
    trial = Trial(given)
    standing = {site: trial.standing(site) for site in sorted(trial.sites)}
    return tuple(_line(trial, loss, standing[loss.domain.site]) for loss in _losses(given, kind))


def _losses(given: Ground, kind: FailureDomain) -> Iterator[Loss]:
    moving = survivors(given.specs, Survives.SITE) if kind is FailureDomain.SITE else {}
    losses = (
        Loss(domain=domain, survivors=moving.get(domain.site, frozenset())) for domain in domains(given.hosts, kind)
    )
    return distinct(losses, given.hosts)


def _line(trial: Trial, loss: Loss, before: Placement) -> SweepLine:
    domain = loss.domain
    placed = trial.after(loss, before) if domain.kind is FailureDomain.SITE else trial.without(domain, before)
    return SweepLine(domain=domain, like=loss.like, misfit=as_misfit(domain.site, domain, placed))
