"""Shortfalls as findings: a promise that must always fit and does not is refused, an oversold quota is a warning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from orchestrator.capacity.region import region_capacity
from orchestrator.capacity.shortfall import Promise, Shortfall, shortfalls
from orchestrator.model.amount import amount_text
from orchestrator.model.capacity import Resource
from orchestrator.model.finding import Finding, ObjectRef, Path, Position, Severity
from orchestrator.model.specs import Specs

CODES: Final = {Promise.GUARANTEED: "CAP001", Promise.DECLARED: "CAP002"}
SEVERITIES: Final = {Promise.GUARANTEED: Severity.ERROR, Promise.DECLARED: Severity.WARNING}
WORDS: Final = {Promise.GUARANTEED: "guaranteed shares", Promise.DECLARED: "quotas"}
HINTS: Final = {
    Promise.GUARANTEED: "add hosts or storage there, lower a guaranteed share, or change reserve in the Region spec",
    Promise.DECLARED: "add capacity there, lower quotas, or accept in overcommit of the Region spec that more is sold",
}
NAMED: Final = 5  # tenants named in a message; the rest is counted

Place = Callable[[ObjectRef, Path], Position]


def judge_capacity(specs: Specs, place: Place) -> tuple[Finding, ...]:
    """CAP001 for each guaranteed share, CAP002 for each quota that does not fit after the reserve.

    Judges what is written: supply as in the specs, whatever the cloud has today. `place` knows where a part of
    an object stands in the files. Raises SpecError for a quota size that cannot be resolved.
    """
    return tuple(_finding(specs, one, place) for one in shortfalls(specs, region_capacity(specs)))


def _finding(specs: Specs, shortfall: Shortfall, place: Place) -> Finding:
    at = _object(specs, shortfall)
    path = _path(shortfall)
    return Finding(
        code=CODES[shortfall.promise],
        severity=SEVERITIES[shortfall.promise],
        position=place(at, path),
        path=path,
        message=_message(specs, shortfall),
        hint=HINTS[shortfall.promise],
        object=at,
    )


def _object(specs: Specs, shortfall: Shortfall) -> ObjectRef:
    if shortfall.site:
        return ObjectRef(kind="Site", name=shortfall.site)
    return ObjectRef(kind="Region", name=specs.region.name)


def _path(shortfall: Shortfall) -> Path:
    if shortfall.resource is Resource.STORAGE:
        return ("spec", "storage")
    return ("spec",) if shortfall.site else ("spec", "externalNetworks")


def _message(specs: Specs, shortfall: Shortfall) -> str:
    where = f"at site {shortfall.site}" if shortfall.site else f"in region {specs.region.name}"
    what = shortfall.resource.value.replace("_", " ")
    if shortfall.tiers:
        what = f"{what} of {', '.join(shortfall.tiers)}"
    missing, wanted, available = (
        amount_text(shortfall.resource, amount) for amount in (shortfall.missing, shortfall.wanted, shortfall.available)
    )
    return (
        f"{WORDS[shortfall.promise]} do not fit {where}: {missing} of {what} missing "
        f"({wanted} promised, {available} there after the reserve); {_tenants(shortfall)}"
    )


def _tenants(shortfall: Shortfall) -> str:
    named = [f"{name} {amount_text(shortfall.resource, amount)}" for name, amount in shortfall.tenants[:NAMED]]
    more = len(shortfall.tenants) - NAMED
    return "promised to " + ", ".join(named) + (f" and {more} more" if more > 0 else "")
