"""POL029: nothing is deleted before the notice that was given has run."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from policies.agreements import last_day, notice_end
from policies.rule import Rule, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    """An agreement that names no end, and of which nobody gave notice, is ended by the retirement itself."""
    for tenant in subject.specs.tenants.values():
        agreement, end = tenant.agreement, last_day(tenant.agreement)
        if tenant.retired_on and end and tenant.retired_on < end:
            noticed = notice_end(agreement) == end
            why = f" by the notice of {agreement.notice_given} ({agreement.notice_months} months)" if noticed else ""
            message = (
                f"'{tenant.name}' retires on {tenant.retired_on}; agreement {agreement.reference} ends on {end}{why}"
            )
            yield Violation(object=tenant_ref(tenant), path=("spec", "retiredOn"), message=message)


RULE = Rule(
    code="POL029",
    name="notice-period",
    severity=Severity.ERROR,
    summary="A tenant is not retired before its agreement ends: on the day agreed, or when the notice has run.",
    hint="write a later retiredOn, or record in the agreement that both sides ended it earlier",
    reference="agreement of the member, docs/spec/reference.md",
    check=_check,
)
