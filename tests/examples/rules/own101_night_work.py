"""OWN101: nothing of a hospital's is replaced or deleted in a run that anybody may start at any hour."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.plan import Operation
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.rule import Violation
from policies.plan_rule import PlanRule
from policies.rule import tenant_ref


def _check(facts: PlanFacts) -> Iterator[Violation]:
    for tenant, step in facts.tenant_steps():
        gone = step.count(Operation.REPLACE) + step.count(Operation.DELETE)
        if tenant.member.kind == "hospital" and gone:
            message = f"{gone} objects of hospital '{tenant.name}' would be replaced or deleted"
            yield Violation(object=tenant_ref(tenant), path=("spec",), message=message)


PLAN_RULE = PlanRule(
    code="OWN101",
    name="night-work",
    severity=Severity.ERROR,
    summary="What a hospital has is not replaced or deleted without the agreement of its night shift.",
    hint="agree on an hour with the hospital, and let a waiver name who agreed",
    reference="service agreement of the operator, annex 3",
    check=_check,
)
