"""POL028: the end of an agreement is seen while there is time to renew it, or to hand the data back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from orchestrator.model.finding import Path, Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.tenant import Tenant
from policies.agreements import last_day, notice_end
from policies.rule import Rule, living, tenant_ref

DAYS: Final = 90
"""From when on an end that was agreed is told; one by notice is told at once, for it is news."""


def _check(subject: Subject) -> Iterator[Violation]:
    """A warning for ever: stopping a member's service, or everybody's deployment, is no rule's decision."""
    for tenant in living(subject.specs):
        end = last_day(tenant.agreement)
        if end:
            days = (end - subject.today).days
            by_notice = notice_end(tenant.agreement) == end
            if days <= DAYS or by_notice:
                path: Path = ("spec", "agreement", "noticeGiven" if by_notice else "end")
                yield Violation(object=tenant_ref(tenant), path=path, message=_message(tenant, end, days))


def _message(tenant: Tenant, end: dt.date, days: int) -> str:
    agreement = tenant.agreement
    why = f" by the notice of {agreement.notice_given}" if notice_end(agreement) == end else ""
    if days < 0:
        return f"agreement {agreement.reference} of '{tenant.name}' ended on {end}{why}; it is {tenant.state.value}"
    return f"agreement {agreement.reference} of '{tenant.name}' ends on {end}{why}, in {days} days"


RULE = Rule(
    code="POL028",
    name="agreement-ends",
    severity=Severity.WARNING,
    summary=f"No tenant outlives its agreement; its end is told {DAYS} days ahead, after notice at once.",
    hint="renew the agreement and write its dates, or hand the data back and write state: retired",
    reference="GDPR, article 28(3)(g): return or deletion at the end of the contract",
    check=_check,
)
