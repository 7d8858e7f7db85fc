"""POL106: a quota grows by one size at a time."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.quota_size import tenant_quota
from orchestrator.model.rule import Violation
from policies.plan_rule import PlanRule
from policies.quota_growth import changed_requests, too_far
from policies.rule import tenant_ref


def _check(facts: PlanFacts) -> Iterator[Violation]:
    catalogue = facts.specs.catalogue
    for tenant, before in changed_requests(facts):
        now = tenant_quota(catalogue, tenant.quota)
        jumps = [
            f"{amount} from {before.values.get(amount, 0)} to {now[amount]} (one step: {most})"
            for amount, most in too_far(catalogue, before.values, now)
        ]
        if jumps:
            message = f"the quota of '{tenant.name}' grows by more than one size: {', '.join(jumps)}"
            yield Violation(object=tenant_ref(tenant), path=("spec", "quota"), message=message)


RULE = PlanRule(
    code="POL106",
    name="quota-jump",
    severity=Severity.ERROR,
    summary="A quota grows by one size of the catalogue at a time; what was last applied counts.",
    hint="ask for the next size first, or have the larger step approved by a waiver",
    reference="quota change steps, docs/policies.md",
    check=_check,
)
