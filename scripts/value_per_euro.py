#!/usr/bin/env python
"""Compare regions by value per euro, after InfraNum's method: investment, benefits, collective value, value per euro.

    .venv/bin/python scripts/value_per_euro.py inventory/scenarios/roi-alone inventory/scenarios/roi-pooled

Cost is what hosts are written off by, and their energy; staff and buildings are in no spec. The financial benefit is
what members' guaranteed shares would cost by the catalogue's tariff of the day: write there what they would pay
elsewhere. No spec knows a socio-economic benefit: `--socio-economic N` says it for each region, in its order, per year.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from orchestrator.errors import SpecError
from orchestrator.flow.validate import validate
from orchestrator.model.price import Amounts, tariff_on, yearly_price
from orchestrator.model.running_cost import RunningCost, running_cost
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import TenantState
from policies import RULES
from policies.plan_rules import PLAN_RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """Of a region, in its currency: `cost`, `financial` and `social` (benefits) per year."""

    name: str
    currency: str
    cost: RunningCost
    financial: Fraction
    social: Fraction

    @property
    def yearly_cost(self) -> Fraction:
        return self.cost.investment + self.cost.lent + self.cost.operation

    @property
    def collective(self) -> Fraction:
        return self.financial + self.social

    @property
    def per_euro(self) -> Fraction:
        return self.collective / self.yearly_cost if self.yearly_cost else Fraction()


ROWS: Sequence[tuple[str, Callable[[Value], Fraction]]] = (
    ("1 bought for, in all", lambda value: value.cost.purchases),
    ("  investment a year", lambda value: value.cost.investment + value.cost.lent),
    ("  operation a year", lambda value: value.cost.operation),
    ("2 financial benefit a year", lambda value: value.financial),
    ("3 socio-economic benefit a year", lambda value: value.social),
    ("4 collective value a year", lambda value: value.collective),
    ("5 value per euro", lambda value: value.per_euro),
)


def value_of(folder: Path, day: dt.date, social: Fraction) -> Value:
    """Raises SpecError when the specs are refused or have no tariff on the day."""
    specs = validate(folder, RULES, day, plan_rules=PLAN_RULES).specs
    if specs is None:
        raise SpecError(f"{folder}: the specs are refused", hint="`mutualis validate` says why")
    cost, region = running_cost(specs, day), specs.region
    benefit = _benefit(folder, specs, day)
    return Value(name=region.name, currency=region.currency, cost=cost, financial=benefit, social=social)


def _benefit(folder: Path, specs: Specs, day: dt.date) -> Fraction:
    """What all guaranteed shares would cost by the tariff."""
    tariff = tariff_on(specs.catalogue.tariffs, day)
    if tariff is None:
        raise SpecError(f"{folder}: no tariff is valid on {day}", hint="write what the same would cost elsewhere")
    shares = [one.guarantee for one in specs.tenants.values() if one.state is not TenantState.RETIRED]
    amounts = [Amounts(vcpus=one.vcpus, memory_mib=one.memory_mib, storage_gib=one.storage_gib) for one in shares]
    return sum((yearly_price(tariff, one) for one in amounts), Fraction())


def table(values: Sequence[Value]) -> str:
    head = f"{'':32}" + "".join(f"{value.name:>16}" for value in values)
    rows = (f"{title:32}" + "".join(f"{float(figure(value)):16,.2f}" for value in values) for title, figure in ROWS)
    return "\n".join((head, *rows))


def main(arguments: Sequence[str], day: dt.date) -> int:
    parser = argparse.ArgumentParser(description="Compare regions by value per euro.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--socio-economic", nargs="+", type=Fraction, default=[], metavar="N")
    given = parser.parse_args(arguments)
    if given.socio_economic and len(given.socio_economic) != len(given.folders):
        parser.error("one socio-economic benefit for each folder, in its order")
    social = given.socio_economic or [Fraction()] * len(given.folders)
    values = [value_of(folder, day, benefit) for folder, benefit in zip(given.folders, social, strict=True)]
    if len({value.currency for value in values}) > 1:
        parser.error("the regions have several currencies")
    print(table(values))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:], dt.datetime.fromtimestamp(time.time(), dt.UTC).date()))
    except SpecError as error:
        sys.exit(f"error: {error}")
