"""POL104: a server is not made anew while its root disk holds the only copy."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Path, Severity
from orchestrator.model.plan import Operation, ResourceChange
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.rule import Violation
from orchestrator.model.tenant import TenantState
from policies.data_loss import index_of, lost_disks
from policies.plan_rule import PlanRule
from policies.rule import tenant_ref


def _check(facts: PlanFacts) -> Iterator[Violation]:
    for tenant, step in facts.tenant_steps():
        if tenant.state is TenantState.RETIRED:
            continue
        for change in lost_disks(step, tenant, Operation.REPLACE):
            index = index_of(tenant, change)
            path: Path = ("spec", "servers") if index is None else ("spec", "servers", index)
            message = f"server {change.name} is replaced and its root disk is lost{_why(change)}"
            yield Violation(object=tenant_ref(tenant), path=path, message=message)


def _why(change: ResourceChange) -> str:
    forcing = [prop.path for prop in change.properties if prop.replaces]
    return f": {', '.join(forcing)} cannot change in place" if forcing else ""


RULE = PlanRule(
    code="POL104",
    name="replaced-servers",
    severity=Severity.ERROR,
    summary="A server is not replaced when its root disk would be lost.",
    hint="keep what forces the replacement as it was, or boot from a volume; if the disk may go, say so by a waiver",
    reference="Nova: a server made anew has a new disk; networks and image of a server are decided once",
    check=_check,
)
