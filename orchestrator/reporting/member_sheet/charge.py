"""What the member pays by the tariff of the day, and what it may be charged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from orchestrator.model.price import declared_amounts, price_lines, quota_amounts, tariff_on, yearly_price
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant
from orchestrator.reporting.member_sheet.markdown import section, table


def charge(specs: Specs, tenant: Tenant, today: dt.date) -> Iterator[str]:
    """Nothing is invented without a tariff: then the section says that there is none."""
    currency, tariff = specs.region.currency, tariff_on(specs.catalogue.tariffs, today)
    if tariff is None:
        yield from section("Price", ["The catalogue has no tariff for this day.", *_budget(tenant, currency)])
        return
    lines = price_lines(tariff, declared_amounts(specs.catalogue, tenant))
    rows = [
        (f"{line.what} {line.tier}".strip(), f"{float(line.amount):g}", _money(line.per_unit), _money(line.price))
        for line in lines
    ]
    rows.append(("sum", "", "", _money(sum((line.price for line in lines), Fraction()))))
    whole = _money(yearly_price(tariff, quota_amounts(specs.catalogue, tenant)))
    yield from section(
        "Price for a year",
        [f"By the tariff of {tariff.valid_from}, in {currency}, for what is declared."],
        table(("What", "Amount", "Each", "Price"), rows, right=3),
        [f"The whole quota would cost {whole} {currency}.", *_budget(tenant, currency)],
    )


def _budget(tenant: Tenant, currency: str) -> list[str]:
    return [f"Budget: {tenant.budget.per_year:.2f} {currency}."] if tenant.budget else ["No budget is set."]


def _money(amount: Fraction) -> str:
    return f"{float(amount):.2f}"
