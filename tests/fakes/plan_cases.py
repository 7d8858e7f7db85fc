"""For each rule that judges plans: a plan that keeps it, one that breaks it, and what is then said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from small_region import DAY, catalogue, region, server, site, tenant

from orchestrator.model.catalogue import Catalogue, QuotaSize
from orchestrator.model.plan import (
    LedgerEntry,
    Operation,
    PropertyChange,
    ResourceChange,
    Step,
    StepAction,
    StepKind,
    tenant_step,
)
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.quota_record import QuotaRecord
from orchestrator.model.quota_size import tenant_quota
from orchestrator.model.recorded_shares import RecordedShares
from orchestrator.model.site import Host, HostRole
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import BootVolume, QuotaRequest, Tenant, TenantState
from policies.data_loss import CONTAINER, SERVER, VOLUME

NOTHING: Final[Mapping[str, frozenset[str]]] = {}
PORT: Final = "openstack:networking/port:Port"
SIZES: Final = {
    name: QuotaSize(name=name, values={"vcpus": vcpus, "memoryMiB": 2048 * vcpus, "storageGiB": 10 * vcpus})
    for name, vcpus in (("s", 8), ("m", 16), ("l", 64))
}
BOOTED: Final = replace(server("web"), boot_volume=BootVolume(tier="fast", size_gib=10))


@dataclass(frozen=True, kw_only=True)
class PlanCase:
    """`says`: `file: message` of each violation of the failing plan, the file being the object's."""

    passing: PlanFacts
    failing: PlanFacts
    says: tuple[str, ...]


def change(operation: Operation, kind: str, name: str, *forcing: str) -> ResourceChange:
    properties = tuple(PropertyChange(path=path, old="a", new="b", replaces=True) for path in forcing)
    return ResourceChange(operation=operation, kind=kind, name=name, urn=f"urn:{name}", properties=properties)


def facts(
    one: Tenant,
    *changes: ResourceChange,
    asked: QuotaRequest | None = None,
    since: str = "",
    hosts: tuple[Host, ...] = (),
    opened: Mapping[str, frozenset[str]] = NOTHING,
) -> PlanFacts:
    """A plan with one step. `asked`: what the tenant's quota was when it was last applied; `since`: its last change.

    `opened`: containers that it had opened for others then.
    """
    sizes = _sizes()
    specs = Specs(
        region=region(),
        sites={"north": site("north")},
        hosts={host.name: host for host in hosts},
        catalogue=sizes,
        tenants={one.name: one},
        waivers={},
    )
    step = Step(
        name=tenant_step(one.name),
        kind=StepKind.TENANT,
        action=StepAction.RETIRE if one.state is TenantState.RETIRED else StepAction.BUILD,
        reason="its inputs changed",
        digest="d",
        changes=changes,
    )
    entry = LedgerEntry(
        step=step.name,
        digest="before",
        applied_at="",
        resources=1,
        outputs={},
        quota=_record(sizes, asked, since) if asked else None,
    )
    shares = {step.name: RecordedShares(opened=opened)}
    return PlanFacts(steps=(step,), specs=specs, ledger={step.name: entry}, today=DAY, shares=shares)


def _sizes() -> Catalogue:
    return replace(catalogue(), quota_sizes=SIZES)


def _record(sizes: Catalogue, asked: QuotaRequest, since: str) -> QuotaRecord:
    values = tenant_quota(sizes, asked)
    return QuotaRecord(
        size=asked.size, multiplier=asked.multiplier, overrides=asked.overrides, values=values, changed_on=since
    )


def asking(size: str, multiplier: float = 1.0) -> QuotaRequest:
    return QuotaRequest(size=size, multiplier=multiplier)


def caen(**changes: Any) -> Tenant:
    return tenant("caen", **changes)


def host(name: str, *, maintenance: bool) -> Host:
    """A control host; what the rules do not look at is not filled in."""
    made: Any = dict.fromkeys(("os", "hardening", "purchase", "power"))
    return Host(
        name=name, site="north", rack="r1", unit=1, owner="loire", roles=(HostRole.CONTROL,), threads=8, memory_gib=64,
        disks=(), nics=(), bmc_address="192.0.2.1", maintenance=maintenance, **made,
    )  # fmt: skip


GONE: Final = change(Operation.DELETE, VOLUME, "main/archive")
ROOT_GONE: Final = change(Operation.DELETE, VOLUME, "main/web/root/debian")
SERVER_GONE: Final = change(Operation.DELETE, SERVER, "main/web")
SERVER_ANEW: Final = change(Operation.REPLACE, SERVER, "main/web", "networks[1].port")
RETIRED: Final = caen(state=TenantState.RETIRED, retired_on=DAY)
OPENED: Final = {"scans": frozenset({"vire", "dieppe"}), "plans": frozenset({"vire"})}

CASES: Final[Mapping[str, PlanCase]] = {
    "POL101": PlanCase(
        passing=facts(caen(protect=True), change(Operation.DELETE, PORT, "main/web/lan")),
        failing=facts(caen(protect=True), GONE, SERVER_GONE),
        says=("caen: tenant 'caen' is protected and would lose data: volume main/archive, server main/web",),
    ),
    "POL102": PlanCase(
        passing=facts(RETIRED, GONE, ROOT_GONE, SERVER_GONE),
        failing=facts(caen(), GONE, ROOT_GONE, change(Operation.REPLACE, CONTAINER, "main/backups")),
        says=("caen: tenant 'caen' is active and would lose data: volume main/archive, object container main/backups",),
    ),
    "POL103": PlanCase(
        passing=facts(caen(), change(Operation.UPDATE, SERVER, "main/web")),
        failing=facts(caen(), SERVER_GONE, ROOT_GONE),
        says=("caen: tenant 'caen' loses what is on the root disks of: server main/web",),
    ),
    "POL104": PlanCase(
        passing=facts(caen(servers=(BOOTED,)), SERVER_ANEW),
        failing=facts(caen(servers=(server("web"),)), SERVER_ANEW),
        says=(
            "caen: server main/web is replaced and its root disk is lost: networks[1].port cannot change in place",
        ),
    ),
    "POL105": PlanCase(
        passing=facts(caen(), hosts=(host("c1", maintenance=True), host("c2", maintenance=False))),
        failing=facts(caen(), hosts=(host("c1", maintenance=True), host("c2", maintenance=True))),
        says=("c2: control host 'c2' is in maintenance together with 'c1'",),
    ),
    "POL106": PlanCase(
        passing=facts(caen(quota=asking("m")), asked=asking("s")),
        failing=facts(caen(quota=asking("l")), asked=asking("s")),
        says=(
            ("caen: the quota of 'caen' grows by more than one size: vcpus from 8 to 64 (one step: 16), "
            "memoryMiB from 16384 to 131072 (one step: 32768), storageGiB from 80 to 640 (one step: 160)"),
        ),
    ),
    "POL107": PlanCase(
        passing=facts(caen(quota=asking("m")), asked=asking("s"), since=(DAY - dt.timedelta(days=30)).isoformat()),
        failing=facts(caen(quota=asking("s")), asked=asking("m"), since=(DAY - dt.timedelta(days=29)).isoformat()),
        says=("caen: the quota of 'caen' changed on 2026-02-01, less than 30 days ago",),
    ),
    "POL108": PlanCase(
        passing=facts(caen(), opened=OPENED),
        failing=facts(RETIRED, opened=OPENED),
        says=(
            "caen: tenant 'caen' is retired while others may use its containers: plans (vire), scans (dieppe, vire)",
        ),
    ),
}  # fmt: skip
