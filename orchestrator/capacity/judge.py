"""What does not fit as findings: a promise that must always fit is refused, an oversold quota is warned of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from orchestrator.capacity.ground import ground
from orchestrator.capacity.judgement import judgement
from orchestrator.model.capacity import Resource
from orchestrator.model.finding import Finding, ObjectRef, Path, Position, Severity
from orchestrator.model.fit import Judgement, Misfit, Promise, Shortfall
from orchestrator.model.fit_text import misfit_text, shortfall_text
from orchestrator.model.region import FailureDomain
from orchestrator.model.specs import Specs

CODES: Final = {
    "guaranteed": "CAP001",
    "declared": "CAP002",
    "packing": "CAP003",
    "loss": "CAP004",
}
HINTS: Final = {
    "CAP001": "add hosts or storage there, lower a guaranteed share, or change reserve in the Region spec",
    "CAP002": "add capacity there, lower quotas, or accept in overcommit of the Region spec that more is sold",
    "CAP003": "add a host with room for the largest of them, choose smaller flavors, or loosen groups and aggregates",
    "CAP004": "add hosts in another such domain, spread hosts over domains, or promise less: reserve, survives",
}

Place = Callable[[ObjectRef, Path], Position]


def judge_capacity(specs: Specs, place: Place) -> tuple[Finding, ...]:
    """CAP001: a guaranteed share that does not fit as a sum after the reserve; CAP002: a quota that does not.

    CAP003: shares that fit as a sum and find no host; CAP004: a loss that was promised to be survived, and is not.
    Judges what is written: supply as in the specs, whatever the cloud has today. `place` knows where a part of
    an object stands in the files. Raises SpecError for a quota size that cannot be resolved.
    """
    return tuple(_findings(specs, judgement(ground(specs)), place))


def _findings(specs: Specs, judged: Judgement, place: Place) -> Iterator[Finding]:
    for short in judged.shortfalls:
        yield _finding(CODES[short.promise], _object(specs, short), _path(short), shortfall_text(short), place)
    for misfit in judged.misfits:
        at, path = _promised_in(specs, misfit)
        yield _finding(CODES["loss" if misfit.loss else "packing"], at, path, misfit_text(misfit), place)


def _finding(code: str, at: ObjectRef, path: Path, message: str, place: Place) -> Finding:
    return Finding(
        code=code,
        severity=Severity.WARNING if code == CODES[Promise.DECLARED] else Severity.ERROR,
        position=place(at, path),
        path=path,
        message=message,
        hint=HINTS[code],
        object=at,
    )


def _object(specs: Specs, short: Shortfall) -> ObjectRef:
    if short.site:
        return ObjectRef(kind="Site", name=short.site)
    return ObjectRef(kind="Region", name=specs.region.name)


def _path(short: Shortfall) -> Path:
    if short.resource is Resource.STORAGE:
        return ("spec", "storage")
    return ("spec",) if short.site else ("spec", "externalNetworks")


def _promised_in(specs: Specs, misfit: Misfit) -> tuple[ObjectRef, Path]:
    """A loss stands where it was promised to be survived: at the reserve, or at the one tenant that asks for it."""
    reserve = specs.region.reserve
    if misfit.loss and misfit.loss.kind is reserve.failure_domain is not FailureDomain.SITE:
        return ObjectRef(kind="Region", name=specs.region.name), ("spec", "reserve")
    if misfit.loss and len(misfit.tenants) == 1:
        return ObjectRef(kind="Tenant", name=misfit.tenants[0]), ("spec", "guarantee", "survives")
    return ObjectRef(kind="Site", name=misfit.site), ("spec",)
