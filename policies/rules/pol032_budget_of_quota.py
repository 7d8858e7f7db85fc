"""POL032: a member that may help itself is told when it could spend more than it has voted."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.price import declared_amounts, quota_amounts, tariff_on, yearly_price
from orchestrator.model.rule import Subject, Violation
from policies.bill import Bill
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    """Where what is declared fits into the budget: POL031 tells the rest."""
    catalogue, currency = subject.specs.catalogue, subject.specs.region.currency
    tariff = tariff_on(catalogue.tariffs, subject.today)
    for tenant in living(subject.specs):
        if tenant.budget is None or tariff is None:
            continue
        declared = yearly_price(tariff, declared_amounts(catalogue, tenant))
        most = Bill(tariff, quota_amounts(catalogue, tenant), currency)
        if declared <= tenant.budget.per_year < most.total:
            message = (
                f"the quota of '{tenant.name}' would cost {most}; its budget is {tenant.budget.per_year:.2f} {currency}"
            )
            yield Violation(object=tenant_ref(tenant), path=("spec", "budget", "perYear"), message=message)


RULE = Rule(
    code="POL032",
    name="budget-of-quota",
    severity=Severity.WARNING,
    summary="A tenant's quota, used up, costs no more by the tariff of the day than its yearly budget.",
    hint="take a smaller quota, or a larger budget",
    reference="arithmetic in orchestrator/model/price.py; M57, budget commitments",
    check=_check,
)
