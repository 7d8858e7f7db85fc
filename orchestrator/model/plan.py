"""All decisions of a run, frozen and ordered: the steps with their reasons, and the steps not taken with theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from orchestrator.model.approvals import NeededApproval
from orchestrator.model.environment import RegionEnvironment, TenantEnvironment
from orchestrator.model.finding import Finding
from orchestrator.model.host_result import HostResult
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.maintenance import PlannedMove
from orchestrator.model.provenance import Provenance
from orchestrator.model.quota_record import QuotaRecord

REGION_STEP = "region"
_HOST, _TENANT = "host/", "tenant/"


def tenant_step(tenant: str) -> str:
    """The name of a tenant's step, also the name under which the ledger and the journal keep it."""
    return f"{_TENANT}{tenant}"


def tenant_of(step: str) -> str:
    """The tenant of a step; "" for the region's and for a host's."""
    return step.removeprefix(_TENANT) if step.startswith(_TENANT) else ""


def host_step(host: str) -> str:
    """The name of a host's step, also the name under which the ledger and the journal keep it."""
    return f"{_HOST}{host}"


def host_of(step: str) -> str:
    """The host of a step; "" for the region's and for a tenant's."""
    return step.removeprefix(_HOST) if step.startswith(_HOST) else ""


def stack_of(step: str) -> str:
    """The name of a step's stack; the region's own is `region`, which no tenant may be called. A host has none."""
    return step.removeprefix(_TENANT)


class StepKind(StrEnum):
    MAINTENANCE = "maintenance"
    HOST = "host"
    REGION = "region"
    TENANT = "tenant"


class StepAction(StrEnum):
    LEAVE = "leave"  # take a host out of duty, and its servers away
    RETURN = "return"  # give it back
    INSTALL = "install"  # make the machine what its specs say, from whatever it is now
    BUILD = "build"  # run the program: create, change, delete what it says
    RETIRE = "retire"  # delete everything of the stack
    RECORD = "record"  # nothing changes in the cloud; the ledger takes the new digest


class Trouble(StrEnum):
    """Why the engine could not show what a step would change."""

    NONE = ""
    TEMPORARY = "temporary"  # something did not answer; planning again may work
    PERMANENT = "permanent"  # applying the step will fail too
    REFUSED = "refused"  # something protected would go


class Operation(StrEnum):
    """What happens to one resource; Pulumi's words."""

    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyChange:
    """One property of a resource; `old`, `new`: text for people, secrets masked, unknown as `(known after apply)`."""

    path: str
    old: str
    new: str
    replaces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceChange:
    """One resource of a stack. `kind`: Pulumi's type token; `name`: its logical name."""

    operation: Operation
    kind: str
    name: str
    urn: str
    properties: tuple[PropertyChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What besides the specs decides what a stack becomes; part of every digest."""

    program: str
    engine: str
    engine_version: str
    provider: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What planning decides of one step from specs, ledger and date alone, before an engine shows the resources.

    `batch`, `inputs`: of a host, as in Step and LedgerEntry; `wanted`: as in Step; `needs`: tenants whose objects it is
    built on; `knows`: those whose ids it is told; `after`: steps of the same run that go before it.
    """

    step: str
    kind: StepKind
    action: StepAction
    reason: str
    digest: str
    environment: RegionEnvironment | TenantEnvironment | None = None  # None: retire, or a host
    quota: QuotaRecord | None = None  # what the ledger is to keep of the tenant's quota
    repair: bool = False  # put back what has drifted, too
    changed: bool = True  # whether there is another reason than drift
    batch: int = 0
    inputs: Mapping[str, str] = field(default_factory=dict)
    wanted: str = ""
    needs: frozenset[str] = frozenset()
    knows: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One action on a host, the region or one tenant, with the resources that it touches in the engine's order.

    `wanted`: digest of what it is to become, like `digest` but for the ids of the region's objects, which change while
    a plan is carried out; empty where `digest` has none of them.
    `repair`: the cloud was compared, and what has drifted is put back, too; `batch`: of a host, its turn from 1 on:
    those of one turn are set up side by side; `later`: there is no cloud yet that could show the resources, the hosts
    come first; `moves`: servers that leave a host, as they stand at the moment: no digest covers them.
    """

    name: str
    kind: StepKind
    action: StepAction
    reason: str
    digest: str
    changes: tuple[ResourceChange, ...] = ()
    problem: str = ""  # why the engine could not show what would change
    trouble: Trouble = Trouble.NONE
    repair: bool = False
    batch: int = 0
    later: bool = False
    moves: tuple[PlannedMove, ...] = ()
    wanted: str = ""

    @property
    def acts(self) -> bool:
        """Whether anything but the ledger changes, or may."""
        return bool(self.changes or self.moves) or self.kind is StepKind.HOST or self.later

    def count(self, operation: Operation) -> int:
        """How many resources of the step see this operation."""
        return sum(1 for change in self.changes if change.operation is operation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Untaken:
    """A step that is not taken, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All decisions of a run. No time stands in it: the same facts give the same plan.

    `inventory`: the folder of specs as it was named; `findings`: of the specs and of the plan itself, waived ones
    included; `deletions`: objects that go (replaced ones included); `refusals`: why this plan must not be applied as
    it is besides (budget, protection, freeze); `checks`: what hosts said when they were asked what would change on
    them, a look that no digest covers; `approvals`: who must have approved it before it is applied.
    """

    region: str
    inventory: str
    engine: str
    steps: tuple[Step, ...]
    untaken: tuple[Untaken, ...]
    findings: tuple[Finding, ...]
    refusals: tuple[str, ...]
    deletions: int
    deletion_budget: int
    digest: str
    checks: tuple[HostResult, ...] = ()
    approvals: tuple[NeededApproval, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether hosts and cloud stay as they are."""
        return not any(step.acts or step.problem for step in self.steps)

    @property
    def refused(self) -> bool:
        """Whether it must not be applied: for one of its refusals, or for a finding that no waiver suspends."""
        return bool(self.refusals) or any(finding.refuses for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class StackTarget:
    """One stack as an engine is asked to carry it out.

    `ids`: what other stacks export for it; `repair`: what has drifted is put back, too; `added`: what was added to its
    objects and is to be taken away.
    """

    stack: str
    kind: StepKind
    environment: RegionEnvironment | TenantEnvironment | None
    ids: KnownIds
    repair: bool = False
    added: tuple[ResourceChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What was last applied with success for one step. `outputs`: the stack's exports, never secret.

    `quota`: a tenant's, None if unknown (an entry of before it was kept); `inputs`: of a host, what its digest is made
    of, by name; `problem`: why the record could not be read: such an entry vouches for nothing.
    `provenance`: of the run that wrote it, None if unknown.
    A host keeps `applied_at` while an apply is under way: what was set up once may carry servers.
    """

    step: str
    digest: str
    applied_at: str  # RFC 3339, UTC
    resources: int
    outputs: dict[str, Any]
    quota: QuotaRecord | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    provenance: Provenance | None = None

    @property
    def vouches(self) -> bool:
        """Whether its outputs are those of a whole apply; else the state may know better."""
        return bool(self.digest and self.outputs)
