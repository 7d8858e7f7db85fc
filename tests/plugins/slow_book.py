"""What the slow method writes its samples into, and what all of its arithmetic shares.

It knows nothing of the product: neither its model nor its capacity code.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from fractions import Fraction

from slow_cloud import GIB, SlowCloud, SlowHost
from slow_specs import SlowSpecs, SlowTenant, Want

Labels = tuple[tuple[str, str], ...]
Key = tuple[str, Labels]
Samples = dict[Key, float]
Cell = tuple[str, str]  # site, aggregate
RESOURCES = ("vcpus", "memory", "disk")
UNITS = {
    "vcpus": "vcpus",
    "memory": "bytes",
    "disk": "bytes",
    "storage": "bytes",
    "servers": "servers",
    "floating_ips": "addresses",
}
GUARANTEED = ("vcpus", "memory", "storage")


@dataclass
class Book:
    """`sees_hosts`: whether the reading credential may see on which host a server is.

    `times`: samples whose values are times, which no second opinion can know; `bounds`: the least and
    the most; `costs`: names of families that tell
    what a collection cost.
    """

    specs: SlowSpecs
    cloud: SlowCloud
    today: dt.date
    sees_hosts: bool
    samples: Samples = field(default_factory=dict)
    bounds: dict[Key, tuple[float, float]] = field(default_factory=dict)
    times: set[Key] = field(default_factory=set)
    costs: set[str] = field(default_factory=set)

    def add(self, name: str, value: float | None, **labels: str) -> None:
        """None: not known or not applicable, so there is no sample."""
        if value is not None:
            key = (name, tuple(sorted(labels.items())))
            assert key not in self.samples, key
            self.samples[key] = value

    def add_between(self, name: str, least: float, most: float, **labels: str) -> None:
        """A figure that has no one right value, but bounds; with equal bounds it has one."""
        if least == most:
            self.add(name, most, **labels)
        else:
            self.bounds[name, tuple(sorted(labels.items()))] = (least, most)

    def add_time(self, name: str, **labels: str) -> None:
        self.times.add((name, tuple(sorted(labels.items()))))

    def cell(self, host: SlowHost) -> Cell:
        """By its spec; a host that no spec knows by its zone and aggregate in the cloud."""
        spec = self.specs.hosts.get(host.name)
        return (spec["site"], spec.get("aggregate", "general")) if spec else (host.zone, host.aggregate)

    def usable(self, host: SlowHost) -> bool:
        return host.enabled and not self.specs.hosts.get(host.name, {}).get("maintenance", False)

    def less_percent(self, amount: float | Fraction) -> int:
        free = Fraction(str(self.specs.region["reserve"].get("freePercent", 0))) / 100
        return math.floor(amount * (1 - free))

    def place(self, layer: str, resource: str, value: float | None, **where: str) -> None:
        labels = {"site": "", "aggregate": "", "tier": ""} | where
        self.add(f"mutualis_capacity_{layer}_{UNITS[resource]}", value, resource=resource, **labels)

    def here(self, site: str) -> list[SlowTenant]:
        return [one for one in self.specs.tenants.values() if one.site == site]

    def quota(self, tenant: str, want: Want) -> float:
        """Of all projects of a tenant; infinite when one has no limit."""
        service, name, unit = {
            "vcpus": ("compute", "cores", 1),
            "memory": ("compute", "ram", 2**20),
            "servers": ("compute", "instances", 1),
            "floating_ips": ("network", "floatingip", 1),
            "storage": ("volume", f"gigabytes_{want[1]}", GIB),
        }[want[0]]
        return self.limit(tenant, service, name) * unit

    def limit(self, tenant: str, service: str, name: str) -> float:
        own = [self.cloud.quotas[project] for project, owner in self.cloud.owners.items() if owner == tenant]
        return sum(math.inf if one[service][name] == -1 else one[service][name] for one in own)

    def offering(self, backend: str) -> list[str]:
        return [site for site, one in self.specs.storage if one == backend]

    def volume_site(self, tier: str, tenant: str) -> str:
        """Cinder's zone is no site here: the one site that offers the back end, else the tenant's own."""
        offering = self.offering(self.specs.tiers.get(tier, ""))
        if len(offering) == 1:
            return offering[0]
        return self.specs.tenants[tenant].site if tenant in self.specs.tenants else ""

    def pool_bytes(self, site: str, tier: str) -> int | None:
        """What the region's people bought: the embedded cloud has the same in sum."""
        return self.specs.storage.get((site, self.specs.tiers.get(tier, "")))


def capacity(host: SlowHost, resource: str) -> int:
    """What Placement hands out of a host at most, in base units: whole units of the class."""
    total, reserved, ratio, _ = host.amounts[resource]
    unit = {"vcpus": 1, "memory": 2**20, "disk": GIB}[resource]
    return math.floor(Fraction(str(ratio)) * ((total - reserved) // unit)) * unit
