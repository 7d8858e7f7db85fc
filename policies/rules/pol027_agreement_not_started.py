"""POL027: nothing runs for a member before its agreement starts."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.tenant import TenantState
from policies.rule import Rule, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in subject.specs.tenants.values():
        start = tenant.agreement.start
        if tenant.state is TenantState.ACTIVE and start > subject.today:
            message = f"'{tenant.name}' is active, but its agreement {tenant.agreement.reference} starts on {start}"
            yield Violation(object=tenant_ref(tenant), path=("spec", "agreement", "start"), message=message)


RULE = Rule(
    code="POL027",
    name="agreement-not-started",
    severity=Severity.ERROR,
    summary="A tenant is active from the start of its agreement on.",
    hint="write state: suspended until then, or merge on that day",
    reference="GDPR, article 28(3): a processor acts under a contract",
    check=_check,
)
