"""How many steps the specs would take as they are now, by specs and ledger alone: no state, no cloud, no program."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from orchestrator.model.exported_ids import exported_ids
from orchestrator.model.installation import Installation
from orchestrator.model.plan import Decision, LedgerEntry, StepAction, Versions, stack_of
from orchestrator.model.records import Pending
from orchestrator.model.specs import Specs
from orchestrator.planning.decide import Facts, decide
from orchestrator.planning.host_steps import HostFacts
from orchestrator.planning.hosts.inventory import host_inventory


def pending(
    specs: Specs, ledger: Mapping[str, LedgerEntry], versions: Versions, today: dt.date, *, roles: str = ""
) -> Mapping[Pending, int]:
    """Every reason, also with 0. The same decisions as a plan's, for which a step may turn out to change nothing.

    Stacks that the ledger does not know are not known here: a plan may find them in the state.
    `roles`: what decides, besides specs, what hosts become (`HostApplier.version`); empty: hosts are not counted.
    """
    facts = Facts(
        specs=specs,
        ledger=ledger,
        stacks=frozenset(map(stack_of, ledger)),
        ids=exported_ids(ledger, specs.known),
        versions=versions,
        today=today,
        hosts=_hosts(specs, specs.region.installation, roles) if roles and specs.region.installation else None,
    )
    counts = Counter(_reason(decision, ledger.get(decision.step)) for decision in decide(facts).taken)
    return {reason: counts[reason] for reason in Pending}


def _hosts(specs: Specs, installation: Installation, roles: str) -> HostFacts:
    """What the state knows orders them alone, which does not matter here."""
    return HostFacts(inventory=host_inventory(specs), version=roles, rolling=installation.rolling, stacks=True)


def _reason(decision: Decision, entry: LedgerEntry | None) -> Pending:
    if decision.action is StepAction.RETIRE:
        return Pending.RETIRED
    if entry is None:
        return Pending.NEW
    if entry.problem:
        return Pending.UNREADABLE
    return Pending.CHANGED if entry.digest else Pending.UNFINISHED
