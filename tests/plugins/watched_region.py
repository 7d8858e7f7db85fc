"""The demo region as an exporter sees it, without a cloud: real specs, an inventory whose figures a test changes.

Everything that a page can show has a value: hosts as the specs say, servers of every tenant, a quota for everybody,
a subnet, a run that went well.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from orchestrator.adapters.exporter_prometheus.collection import Sources
from orchestrator.capacity.object_lines import object_lines
from orchestrator.capacity.region import region_capacity
from orchestrator.errors import SpecError
from orchestrator.model.audit import AuditedHost, AuditedRule, AuditReport, Result, Standing
from orchestrator.model.capacity import GIB, MIB, Resource
from orchestrator.model.drift import DriftRecord, StackRecord
from orchestrator.model.host_result import HostStatus
from orchestrator.model.outcome import Outcome, RunReport, Status
from orchestrator.model.records import Pending, Records
from orchestrator.model.region import Overcommit
from orchestrator.model.site import Host
from orchestrator.model.snapshot import (
    PARTS,
    AddressUse,
    Hypervisor,
    InventorySnapshot,
    PartHealth,
    ProjectQuota,
    ProjectRef,
    ResourceInventory,
    ServerUse,
    StoragePoolUse,
    SubnetUse,
    VolumeUse,
)
from orchestrator.model.specs import Specs
from orchestrator.spec.region import load_region
from policies import RULES

DEMO: Final = Path(__file__).parents[2] / "inventory" / "demo"
LIMITS: Final = {
    Resource.VCPUS: ("compute_quota", "vcpus", 1),
    Resource.MEMORY: ("compute_quota", "memoryMiB", MIB),
    Resource.SERVERS: ("compute_quota", "servers", 1),
    Resource.STORAGE: ("volume_quota", "storageGiB", GIB),
    Resource.FLOATING_IPS: ("network_quota", "floatingIPs", 1),
}
OBJECTS: Final = {"networks", "subnets", "routers", "ports"}


class WatchedRegion:
    """A CloudInventory with `snapshot`, and the other sources of an exporter: `specs`, `records`, `certificate_end`."""

    def __init__(self) -> None:
        loaded = load_region(DEMO, rules=[rule.code for rule in RULES]).specs
        assert loaded is not None
        self.specs: Specs = loaded
        empty = snapshot_of(loaded)
        self.snapshot = replace(empty, quotas=tuple(_quotas(loaded, empty)))
        self.records: Records | None = records_of(loaded)
        self.certificate_end: float | None = time.time() + 400 * 86400
        self.down: set[str] = set()
        self.incomplete: set[str] = set()
        self.late = 0.0
        self.broken = False

    @property
    def sources(self) -> Sources:
        return Sources(
            inventory=self,
            specs=self._specs,
            records=lambda _specs: self.records,
            certificate_end=lambda: self.certificate_end,
        )

    def read(self) -> InventorySnapshot:
        """Read `late` seconds ago, but for the parts that are `down`: theirs is of three hours before that."""
        now = time.time() - self.late
        health = tuple(self._health(part, now) for part in PARTS)
        quotas = tuple(one if one.part in self.down else replace(one, read_at=now) for one in self.snapshot.quotas)
        self.snapshot = replace(self.snapshot, taken_at=now, health=health, quotas=quotas)
        return self.snapshot

    def change(self, **parts: Any) -> None:
        """Other values of the snapshot's fields."""
        self.snapshot = replace(self.snapshot, **parts)

    def _specs(self) -> Specs:
        if self.broken:
            raise SpecError("the specs are refused", hint="mend the findings")
        return self.specs

    def _health(self, part: str, now: float) -> PartHealth:
        up = part not in self.down
        return PartHealth(
            part=part,
            up=up,
            last_success=now if up else now - 3 * 3600,
            seconds=0.1,
            calls=2,
            error="" if up else "503 Service Unavailable",
            statuses={"200": 2} if up else {"503": 1},
            completeness=0.5 if part in self.incomplete else 1.0,
        )


def snapshot_of(specs: Specs) -> InventorySnapshot:
    """A tenth of every host is taken, by one server a tenant; quotas are those of the specs."""
    hosts = [host for host in specs.hosts.values() if "compute" in {str(role) for role in host.roles}]
    return InventorySnapshot(
        taken_at=time.time(),
        projects=tuple(ProjectRef(id=f"id-{name}", name=name, tenant=name) for name in specs.tenants),
        hypervisors=tuple(_hypervisor(host, specs.region.overcommit) for host in hosts),
        servers=tuple(_server(name, tenant.site) for name, tenant in specs.tenants.items()),
        volumes=tuple(
            VolumeUse(project_id=f"id-{name}", zone=tenant.site, tier=tier, size_gib=20, status="in-use")
            for name, tenant in specs.tenants.items()
            for tier in specs.catalogue.tiers
        ),
        pools=tuple(
            StoragePoolUse(
                backend=pool.backend,
                zone=site.name,
                total_gib=float(pool.capacity_gib),
                free_gib=pool.capacity_gib * 0.9,
                allocated_gib=60.0,
            )
            for site in specs.sites.values()
            for pool in site.storage
        ),
        addresses=tuple(AddressUse(network=one.name, total=200, used=20) for one in specs.region.external_networks),
        floating_ips=dict.fromkeys((f"id-{name}" for name in specs.tenants), 0),
        health=(),
        objects={name: {f"id-{tenant}": 1 for tenant in specs.tenants} for name in sorted(OBJECTS)},
        subnets=tuple(
            SubnetUse(project_id=f"id-{name}", network=net.name, cidr=str(net.cidr), total=250, used=25)
            for name, tenant in specs.tenants.items()
            for net in tenant.networks
        ),
    )


def _hypervisor(host: Host, ratios: Overcommit) -> Hypervisor:
    inventories = {
        "VCPU": _inventory(host.threads, ratios.vcpu),
        "MEMORY_MB": _inventory(host.memory_gib * 1024, ratios.memory),
        "DISK_GB": _inventory(1000, 1.0),
    }
    return Hypervisor(name=host.name, zone=host.site, aggregate=host.aggregate, enabled=True, inventories=inventories)


def _inventory(total: int, ratio: float) -> ResourceInventory:
    return ResourceInventory(total=total, reserved=0, ratio=ratio, used=total // 10)


def _server(tenant: str, zone: str) -> ServerUse:
    return ServerUse(
        project_id=f"id-{tenant}", zone=zone, host="", status="ACTIVE", vcpus=1, memory_mib=1024, disk_gib=10
    )


def _quotas(specs: Specs, snapshot: InventorySnapshot) -> Iterator[ProjectQuota]:
    """What the specs declare, as the three services would say it."""
    for tenant in specs.tenants:
        limits: dict[str, dict[str, int]] = {"compute_quota": {}, "volume_quota": {}, "network_quota": {}}
        for told in object_lines(specs, snapshot):
            if told.tenant == tenant and told.resource in OBJECTS and told.declared is not None:
                limits["network_quota"][told.resource] = told.declared
        for line in region_capacity(specs).tenants:
            if line.tenant == tenant and line.declared is not None and line.resource in LIMITS:
                part, name, unit = LIMITS[line.resource]
                limits[part][f"{name}:{line.tier}" if line.tier else name] = line.declared // unit
        for part, values in limits.items():
            yield ProjectQuota(part=part, project_id=f"id-{tenant}", limits=values)


def records_of(specs: Specs, failed: int = 0) -> Records:
    """A run of an hour ago, every step done but the first `failed`; nothing is pending, nothing has drifted."""
    at = dt.datetime.fromtimestamp(time.time() - 3600, dt.UTC).isoformat()
    outcomes = tuple(
        Outcome(step=f"tenant/{name}", status=Status.FAILED if number < failed else Status.DONE, seconds=1.0)
        for number, name in enumerate(specs.tenants)
    )
    run = RunReport(
        run="1", region=specs.region.name, plan_digest="", started_at=at, finished_at=at, outcomes=outcomes, untaken=0
    )
    looked = {tenant: StackRecord(looked_at=at, objects=9, ours=0, theirs=1) for tenant in ("", *specs.tenants)}
    drift = DriftRecord(started_at=at, seconds=2.0, complete=True, known=tuple(looked), stacks=looked)
    audit = AuditReport(
        region=specs.region.name,
        started_at=at,
        seconds=9.0,
        hosts=tuple(_audited(one, at) for one in specs.hosts.values()),
    )
    return Records(ledger={}, run=run, pending=dict.fromkeys(Pending, 0), drift=drift, audit=audit)


def _audited(host: Host, at: str) -> AuditedHost:
    """Two rules of three pass."""
    results = (
        ("a", Result.PASS, Standing.PASS),
        ("b", Result.PASS, Standing.PASS),
        ("c", Result.FAIL, Standing.FINDING),
    )
    rules = tuple(
        AuditedRule(rule=rule, title=rule, severity="low", recommendations=(), result=result, standing=standing)
        for rule, result, standing in results
    )
    return AuditedHost(
        host=host.name,
        level=host.hardening,
        status=HostStatus.DONE,
        measured_at=at,
        container=False,
        content="",
        rules=rules,
    )
