"""Euros and kgCO2e of a region before and after a change: exact, rounding is for whoever shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from orchestrator.model.footprint import Footprint
from orchestrator.model.running_cost import RunningCost


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCost:
    """A year of one member. `charge`: by the tariff; the others: its part of the operator's cost by the key."""

    charge: Fraction
    investment: Fraction
    operation: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class CostFigures:
    """A year of one revision. `charges`: known; False where no tariff is valid on the day. `part`: 0 to 1, by key."""

    cost: RunningCost
    members: Mapping[str, MemberCost]
    charges: bool = True

    @property
    def charge(self) -> Fraction:
        return sum((one.charge for one in self.members.values()), Fraction())


@dataclass(frozen=True, slots=True, kw_only=True)
class CostDelta:
    """`currency`: of the head; `load`: of hosts, 0 to 1, as assumed."""

    currency: str
    load: Fraction
    before: CostFigures | None
    after: CostFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class FootprintFigures:
    """kgCO2e of a year. `members`: each one's part by the key."""

    footprint: Footprint
    members: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FootprintDelta:
    load: Fraction
    before: FootprintFigures | None
    after: FootprintFigures
