"""POL101: nothing that holds data goes from a protected tenant, whatever else its spec says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from orchestrator.model.finding import Severity
from orchestrator.model.plan import Operation
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.rule import Violation
from policies.data_loss import lost_disks, lost_stores, told
from policies.plan_rule import PlanRule
from policies.rule import tenant_ref


def _check(facts: PlanFacts) -> Iterator[Violation]:
    for tenant, step in facts.tenant_steps():
        disks = (lost_disks(step, tenant, operation) for operation in (Operation.REPLACE, Operation.DELETE))
        if tenant.protect and (lost := told(chain(lost_stores(step), *disks))):
            message = f"tenant '{tenant.name}' is protected and would lose data: {lost}"
            yield Violation(object=tenant_ref(tenant), path=("spec", "protect"), message=message)


RULE = PlanRule(
    code="POL101",
    name="protected-data",
    severity=Severity.ERROR,
    summary="Nothing that holds data goes from a protected tenant.",
    hint="say `protect: false` in a change of its own, apply it, then make this one",
    reference="protect, docs/spec/reference.md",
    check=_check,
)
