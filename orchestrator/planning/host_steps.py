"""Which hosts are set up and why, in the order in which that happens; which are not, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orchestrator.model.host_inventory import HostEntry, HostInventory
from orchestrator.model.installation import Rolling
from orchestrator.model.plan import (
    REGION_STEP,
    Decision,
    LedgerEntry,
    StepAction,
    StepKind,
    Untaken,
    host_of,
    host_step,
)
from orchestrator.planning.host_inputs import Inputs, host_inputs, inputs_digest, what_changed
from orchestrator.planning.rolling import Candidate, rolling_order

CONTROL = "role_control"
"""Group of the hosts on which the region's APIs run."""

COMPUTE = "role_compute"
"""Group of the hosts that carry servers."""

Ledger = Mapping[str, LedgerEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFacts:
    """`version`: of roles and playbooks (`HostApplier.version`); `stacks`: whether the state knows any stack.

    `due`: hosts that are to be set up again although nothing of their inputs changed, each with its reason.
    """

    inventory: HostInventory
    version: str
    rolling: Rolling
    stacks: bool
    due: Mapping[str, str] = field(default_factory=dict)

    @property
    def control(self) -> frozenset[str]:
        """Names of the control hosts."""
        return frozenset(host.name for host in self.inventory.hosts if CONTROL in host.groups)


def host_verdicts(facts: HostFacts, ledger: Ledger) -> tuple[Decision | Untaken, ...]:
    """Those to be set up in the rolling order, then the others by name."""
    wanted = {host.name: host for host in facts.inventory.hosts}
    inputs = host_inputs(facts.inventory, facts.version)
    reasons = {name: _why(ledger.get(host_step(name)), inputs[name], facts.due.get(name, "")) for name in wanted}
    order = rolling_order((_candidate(wanted[name], facts, ledger) for name in wanted if reasons[name]), facts.rolling)
    taken = (
        _decision(name, turn, inputs[name], reasons[name])
        for turn, batch in enumerate(order, start=1)
        for name in batch
    )
    left = (
        Untaken(name=host_step(name), reason="unchanged since it was last applied")
        for name in sorted(wanted)
        if not reasons[name]
    )
    return (*taken, *left)


def carriers(facts: HostFacts, ledger: Ledger) -> frozenset[str]:
    """Compute hosts on which servers may stand."""
    compute = (host for host in facts.inventory.hosts if COMPUTE in host.groups)
    return frozenset(host.name for host in compute if not _fresh(host, facts, ledger))


def cloud_absent(facts: HostFacts, ledger: Ledger) -> bool:
    """Whether there is no cloud yet: no control host was ever set up, and nothing was ever built on them."""
    control = (ledger.get(host_step(name)) for name in facts.control)
    return _nothing_built(facts, ledger) and not any(entry and entry.applied_at for entry in control)


def missing_host(step: str) -> Untaken:
    """A host that only the ledger knows."""
    return Untaken(
        name=step,
        reason="its file is missing, or the Region has no installation any more: the machine stays as it is",
    )


def _decision(name: str, turn: int, inputs: Inputs, reason: str) -> Decision:
    return Decision(
        step=host_step(name),
        kind=StepKind.HOST,
        action=StepAction.INSTALL,
        reason=reason,
        digest=inputs_digest(inputs),
        batch=turn,
        inputs=inputs,
    )


def _why(entry: LedgerEntry | None, inputs: Inputs, due: str) -> str:
    """Empty: nothing is to be done."""
    if entry is None:
        return "never applied"
    if entry.problem:
        return f"{entry.problem}; applying it records it anew"
    if not entry.digest:
        return "its last apply did not finish"
    if entry.digest == inputs_digest(inputs):
        return due
    changed = what_changed(entry.inputs, inputs)
    return "; ".join(filter(None, [f"its inputs changed: {changed}" if changed else "its inputs changed", due]))


def _candidate(host: HostEntry, facts: HostFacts, ledger: Ledger) -> Candidate:
    return Candidate(name=host.name, control=CONTROL in host.groups, fresh=_fresh(host, facts, ledger))


def _fresh(host: HostEntry, facts: HostFacts, ledger: Ledger) -> bool:
    """Whether it certainly carries nothing. A ledger that knows no host of a region with stacks was lost."""
    entry = ledger.get(host_step(host.name))
    if entry is None:
        return not facts.stacks or any(map(host_of, ledger))
    return _nothing_built(facts, ledger) and not entry.applied_at and not entry.problem


def _nothing_built(facts: HostFacts, ledger: Ledger) -> bool:
    return not facts.stacks and REGION_STEP not in ledger
