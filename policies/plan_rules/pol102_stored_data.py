"""POL102: volumes and object containers of a tenant that is not retired stay."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.rule import Violation
from orchestrator.model.tenant import TenantState
from policies.data_loss import lost_stores, told
from policies.plan_rule import PlanRule
from policies.rule import tenant_ref


def _check(facts: PlanFacts) -> Iterator[Violation]:
    for tenant, step in facts.tenant_steps():
        if tenant.state is not TenantState.RETIRED and (lost := told(lost_stores(step))):
            message = f"tenant '{tenant.name}' is {tenant.state.value} and would lose data: {lost}"
            yield Violation(object=tenant_ref(tenant), path=("spec",), message=message)


RULE = PlanRule(
    code="POL102",
    name="stored-data",
    severity=Severity.ERROR,
    summary="A tenant that is not retired keeps its volumes and object containers.",
    hint="bring it back into the spec; if it may go, let a waiver of this rule say who agreed and until when",
    reference="GDPR, article 5 (1) f (accidental loss); design rule: a missing line is no decision to destroy",
    check=_check,
)
