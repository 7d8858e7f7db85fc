"""Parts four and five: euros and kgCO2e of a year, whole and by member, before and after."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from orchestrator.model.footprint import footprint
from orchestrator.model.price import declared_amounts, tariff_on, yearly_price
from orchestrator.model.review_figures import CostDelta, CostFigures, FootprintDelta, FootprintFigures, MemberCost
from orchestrator.model.running_cost import running_cost
from orchestrator.model.sharing_key import sharing_key
from orchestrator.model.specs import Specs


def cost_delta(before: Specs | None, after: Specs, day: dt.date, load: Fraction) -> CostDelta:
    """By the tariff and the prices of each revision, on the same day. Raises SpecError."""
    return CostDelta(
        currency=after.region.currency,
        load=load,
        before=_cost(before, day, load) if before else None,
        after=_cost(after, day, load),
    )


def footprint_delta(before: Specs | None, after: Specs, day: dt.date, load: Fraction) -> FootprintDelta:
    """Raises SpecError for a quota size that cannot be resolved."""
    return FootprintDelta(
        load=load,
        before=_footprint(before, day, load) if before else None,
        after=_footprint(after, day, load),
    )


def _cost(specs: Specs, day: dt.date, load: Fraction) -> CostFigures:
    cost = running_cost(specs, day, load)
    tariff = tariff_on(specs.catalogue.tariffs, day)
    members = {
        name: MemberCost(
            charge=yearly_price(tariff, declared_amounts(specs.catalogue, specs.tenants[name]))
            if tariff
            else Fraction(),
            investment=part * cost.investment,
            operation=part * cost.operation,
        )
        for name, part in sharing_key(specs).items()
    }
    return CostFigures(cost=cost, members=members, charges=tariff is not None)


def _footprint(specs: Specs, day: dt.date, load: Fraction) -> FootprintFigures:
    found = footprint(specs, day, load)
    return FootprintFigures(
        footprint=found, members={name: part * found.total for name, part in sharing_key(specs).items()}
    )
