"""Which losses were promised to be survived, and by whom.

The region's reserve promises it to every guaranteed share but those that survive nothing; `guarantee.survives` of a
tenant may ask for more: its rack, or its site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from orchestrator.capacity.demand import promised
from orchestrator.capacity.domains import domains, joined
from orchestrator.capacity.hosts import CLASSES, HostSupply
from orchestrator.model.fit import Domain
from orchestrator.model.region import FailureDomain
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Survives


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """`survivors`: the tenants of the domain's site whose shares must still fit. `like`: so many further losses."""

    domain: Domain
    survivors: frozenset[str]
    like: int = 0


def promised_losses(specs: Specs, hosts: Sequence[HostSupply]) -> tuple[Loss, ...]:
    """Losses that nobody survives are left out; of those that take equal hosts only the first is told."""
    found = (*_by_reserve(specs, hosts), *_by_tenants(specs, hosts))
    return tuple(distinct((loss for loss in found if loss.survivors), hosts))


def kind_losses(specs: Specs, hosts: Sequence[HostSupply], kind: FailureDomain) -> tuple[Loss, ...]:
    """Every domain of a kind lost alone, promised or not; with a site only what asks to survive that must."""
    kinds = (Survives.SITE,) if kind is FailureDomain.SITE else (Survives.HOST, Survives.RACK, Survives.SITE)
    asking = survivors(specs, *kinds)
    lost = (Loss(domain=domain, survivors=asking.get(domain.site, frozenset())) for domain in domains(hosts, kind))
    return tuple(distinct(lost, hosts))


def survivors(specs: Specs, *kinds: Survives) -> Mapping[str, frozenset[str]]:
    """Tenants with a guaranteed share that survives one of these, by site."""
    found: dict[str, set[str]] = {}
    for tenant in promised(specs):
        if tenant.guarantee.survives in kinds:
            found.setdefault(tenant.site, set()).add(tenant.name)
    return {site: frozenset(names) for site, names in found.items()}


def _by_reserve(specs: Specs, hosts: Sequence[HostSupply]) -> Iterator[Loss]:
    kind, number = specs.region.reserve.failure_domain, specs.region.reserve.hosts
    if kind is FailureDomain.SITE:
        return
    lost = _host_losses(hosts, number) if kind is FailureDomain.HOST else domains(hosts, kind)
    all_but_none = survivors(specs, Survives.HOST, Survives.RACK, Survives.SITE)
    for domain in lost:
        yield Loss(domain=domain, survivors=all_but_none.get(domain.site, frozenset()))


def _by_tenants(specs: Specs, hosts: Sequence[HostSupply]) -> Iterator[Loss]:
    asked = [(FailureDomain.RACK, Survives.RACK), (FailureDomain.SITE, Survives.SITE)]
    for kind, survives in asked:
        asking = survivors(specs, survives)
        for domain in domains(hosts, kind) if asking else ():
            yield Loss(domain=domain, survivors=asking.get(domain.site, frozenset()))


def _host_losses(hosts: Sequence[HostSupply], number: int) -> tuple[Domain, ...]:
    """One host: every one. More: the largest of a site and of each of its aggregates, by each resource."""
    if number == 1:
        return domains(hosts, FailureDomain.HOST)
    sites = sorted({host.site for host in hosts})
    groups = [[host for host in hosts if host.usable and host.site == site] for site in sites]
    groups += [[one for one in group if one.aggregate == name] for group in groups for name in _aggregates(group)]
    largest = (
        sorted(group, key=lambda host: (-host.allocatable.get(resource, 0), host.name))[:number]
        for group in groups
        for resource in CLASSES
    )
    return tuple(dict.fromkeys(joined(some) for some in largest if some))


def _aggregates(hosts: Iterable[HostSupply]) -> list[str]:
    return sorted({host.aggregate for host in hosts})


def distinct(losses: Iterable[Loss], hosts: Sequence[HostSupply]) -> Iterator[Loss]:
    """Of losses that take equal hosts of a site only the first, which says how many are like it."""
    kinds = {host.name: (host.aggregate, tuple(sorted(host.allocatable.items()))) for host in hosts}
    groups: dict[object, list[Loss]] = {}
    for loss in losses:
        alike = tuple(sorted(kinds[name] for name in loss.domain.hosts))
        groups.setdefault((loss.domain.kind, loss.domain.site, alike, loss.survivors), []).append(loss)
    for first, *others in groups.values():
        yield Loss(domain=first.domain, survivors=first.survivors, like=len(others))
