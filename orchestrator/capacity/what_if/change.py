"""Changes in thought: hosts and sites go, machines and tenants come, tenants retire. Pure: ground in, ground out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from orchestrator.capacity.domains import domains, without
from orchestrator.capacity.ground import Ground
from orchestrator.capacity.hosts import HostSupply
from orchestrator.errors import UsageError
from orchestrator.model.fit import Domain
from orchestrator.model.region import FailureDomain
from orchestrator.model.tenant import TenantState


def domain(given: Ground, kind: FailureDomain, name: str) -> Domain:
    """The domain of that name: `nord-1`, `nord/a1`, `nord/a1/A`, `nord`. Raises UsageError with the known names."""
    known = {one.name: one for one in domains(given.hosts, kind)}
    if name not in known:
        shown = ", ".join(list(known)[:8]) or "none has hosts in use"
        raise UsageError(f"there is no {kind.value} {name} to lose", hint=f"known: {shown}")
    return known[name]


def lose(given: Ground, lost: Domain) -> Ground:
    """Its hosts are gone; with a site, its tenants and storage too."""
    gone = given.gone | {lost.name} if lost.kind is FailureDomain.SITE else given.gone
    taken = tuple(host for host in given.hosts if host.name in lost.hosts)
    return replace(given, hosts=without(given.hosts, lost.hosts), gone=gone, lost=(*given.lost, *taken))


def host_named(given: Ground, name: str) -> HostSupply:
    """Raises UsageError when there is no such compute host."""
    for host in given.hosts:
        if host.name == name:
            return host
    known = ", ".join(sorted(host.name for host in given.hosts)[:8])
    raise UsageError(f"there is no compute host {name} to add machines like", hint=f"known: {known}")


def more_hosts(given: Ground, like: HostSupply, count: int, racks: Iterable[str] = ()) -> Ground:
    """Machines like one, in use and empty; in its rack, or in the `racks` given, in turn."""
    places = tuple(racks) or (like.rack,)
    names = {host.name for host in given.hosts}
    numbers = (number for number in range(1, len(names) + count + 1) if f"{like.name}+{number}" not in names)
    added = (
        replace(like, name=f"{like.name}+{number}", rack=places[turn % len(places)], usable=True, used={})
        for turn, number in zip(range(count), numbers, strict=False)
    )
    return replace(given, hosts=(*given.hosts, *added))


def retire(given: Ground, name: str) -> Ground:
    """Nothing is promised to the tenant any more. Raises UsageError when there is none."""
    tenants = given.specs.tenants
    if name not in tenants:
        raise UsageError(f"there is no tenant {name} to retire", hint="name it as in its spec's metadata")
    retired = {**tenants, name: replace(tenants[name], state=TenantState.RETIRED)}
    return replace(given, specs=replace(given.specs, tenants=retired))
