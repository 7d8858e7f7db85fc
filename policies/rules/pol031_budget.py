"""POL031: what a member asks for does not cost more than it has voted."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.price import declared_amounts, tariff_on
from orchestrator.model.rule import Subject, Violation
from policies.bill import Bill
from policies.rule import Rule, living, tenant_ref

PATH = ("spec", "budget", "perYear")


def _check(subject: Subject) -> Iterator[Violation]:
    catalogue, currency = subject.specs.catalogue, subject.specs.region.currency
    tariff = tariff_on(catalogue.tariffs, subject.today)
    for tenant in living(subject.specs):
        if tenant.budget is None:
            continue
        if tariff is None:
            message = f"'{tenant.name}' has a budget, but the catalogue has no tariff for {subject.today}"
            hint = "add a tariff to the catalogue, or take the budget away"
            yield Violation(object=tenant_ref(tenant), path=PATH, message=message, hint=hint)
            continue
        bill = Bill(tariff, declared_amounts(catalogue, tenant), currency)
        if bill.total > tenant.budget.per_year:
            message = (
                f"what '{tenant.name}' declares costs {bill}; its budget is {tenant.budget.per_year:.2f} {currency}"
            )
            yield Violation(object=tenant_ref(tenant), path=PATH, message=message)


RULE = Rule(
    code="POL031",
    name="budget",
    severity=Severity.ERROR,
    summary="What a tenant declares (servers, desktops, volumes, containers, backups) costs no more by the tariff "
    "of the day than its yearly budget.",
    hint="declare less, or let the member's assembly raise the budget",
    reference="arithmetic in orchestrator/model/price.py; M57, budget commitments",
    check=_check,
)
