"""POL103: it is said when a server goes with its root disk."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.plan import Operation
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.rule import Violation
from orchestrator.model.tenant import TenantState
from policies.data_loss import lost_disks, told
from policies.plan_rule import PlanRule
from policies.rule import tenant_ref


def _check(facts: PlanFacts) -> Iterator[Violation]:
    for tenant, step in facts.tenant_steps():
        if tenant.state is not TenantState.RETIRED and (lost := told(lost_disks(step, tenant, Operation.DELETE))):
            message = f"tenant '{tenant.name}' loses what is on the root disks of: {lost}"
            yield Violation(object=tenant_ref(tenant), path=("spec", "servers"), message=message)


RULE = PlanRule(
    code="POL103",
    name="deleted-servers",
    severity=Severity.WARNING,
    summary="A server that is deleted takes its root disk with it.",
    hint="save what is on the disk first, or bring the server back into the spec",
    reference="Nova: local disks, and root volumes of ours, live as long as their server",
    check=_check,
)
