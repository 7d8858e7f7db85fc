"""Where tenants' servers can come to stand: at a site, on the aggregates that their flavors allow.

The same reading of the specs for every rule that asks who is beside whom, and on what.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.model.site import Host, HostRole
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Survives, Tenant
from policies.machines import machines

Place = tuple[str, str]
"""Site, aggregate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """`hosts`: those that carry servers, in maintenance or not; `aggregates`: of each site that has any."""

    specs: Specs
    hosts: Mapping[Place, tuple[Host, ...]]
    aggregates: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, specs: Specs) -> Placement:
        """Index the hosts once."""
        hosts: dict[Place, list[Host]] = defaultdict(list)
        for host in specs.hosts.values():
            if HostRole.COMPUTE in host.roles:
                hosts[host.site, host.aggregate].append(host)
        aggregates: dict[str, list[str]] = defaultdict(list)
        for site, aggregate in sorted(hosts):
            aggregates[site].append(aggregate)
        return cls(
            specs=specs,
            hosts={place: tuple(them) for place, them in hosts.items()},
            aggregates={site: tuple(names) for site, names in aggregates.items()},
        )

    def of_machine(self, site: str, flavor: str) -> frozenset[Place]:
        """Of a server or a pool; empty where no host of the site is written: an operator may describe tenants alone."""
        only = self.specs.catalogue.flavors[flavor].aggregate
        return frozenset((site, name) for name in ((only,) if only else self.aggregates.get(site, ())))

    def of_tenant(self, tenant: Tenant) -> frozenset[Place]:
        """Of all its servers and pools."""
        alike = {(machine.site, machine.flavor) for machine in machines(tenant)}
        return frozenset(place for site, flavor in alike for place in self.of_machine(site, flavor))

    def of_share(self, tenant: Tenant) -> frozenset[Place]:
        """Where its guaranteed cores and memory must outlive a loss; the whole site for one without servers there."""
        share = tenant.guarantee
        if share.survives is Survives.NONE or not (share.vcpus or share.memory_mib):
            return frozenset()
        there = frozenset(place for place in self.of_tenant(tenant) if place[0] == tenant.site)
        return there or frozenset((tenant.site, name) for name in self.aggregates.get(tenant.site, ()))
