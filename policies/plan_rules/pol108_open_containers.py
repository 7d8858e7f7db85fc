"""POL108: who retires has closed its containers before: the lists of who may use them are not written any more."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.plan import tenant_step
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.recorded_shares import RecordedShares
from orchestrator.model.rule import Violation
from orchestrator.model.tenant import TenantState
from policies.plan_rule import PlanRule
from policies.rule import tenant_ref


def _check(facts: PlanFacts) -> Iterator[Violation]:
    """One a tenant, for one waiver; the stack may hold containers that the file does not name any more."""
    for tenant in facts.specs.tenants.values():
        shares = facts.shares.get(tenant_step(tenant.name))
        if tenant.state is TenantState.RETIRED and shares and shares.opened:
            message = f"tenant '{tenant.name}' is retired while others may use its containers: {_told(shares)}"
            yield Violation(object=tenant_ref(tenant), path=("spec", "state"), message=message)


def _told(shares: RecordedShares) -> str:
    return ", ".join(f"{name} ({', '.join(sorted(users))})" for name, users in sorted(shares.opened.items()))


RULE = PlanRule(
    code="POL108",
    name="open-containers",
    severity=Severity.ERROR,
    summary="Containers of a retired tenant are open for nobody else; what was last applied counts.",
    hint="set it back to active with the share ended on both sides, apply, then retire it; if they may stay open until "
    "they are deleted, let a waiver of this rule say who agreed",
    reference="retirement, docs/operations.md",
    check=_check,
)
