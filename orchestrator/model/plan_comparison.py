"""The plan that was reviewed beside the one that would be carried out now: what differs, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    ONLY_REVIEWED = "only reviewed"
    ONLY_NOW = "only now"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDifference:
    """One fact that the two tell otherwise; a side that does not have it is empty.

    `kind`, `name`: of the resource (Pulumi's type token, logical name), both empty for a fact of the step itself;
    `field`: of the step, or the path of a property; empty: what happens to the resource at all.
    """

    kind: str = ""
    name: str = ""
    field: str = ""
    reviewed: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepComparison:
    """`reviewed`, `now`: the step in a few words, empty where the plan does not have it."""

    step: str
    standing: Standing
    reviewed: str
    now: str
    differences: tuple[StepDifference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanComparison:
    """`reviewed_digest`, `now_digest`: of the two plans; `alike`: steps that are the same in both.

    `reordered`: the steps that both have come in another order.
    """

    reviewed_digest: str
    now_digest: str
    steps: tuple[StepComparison, ...]
    alike: int
    reordered: bool = False

    def count(self, standing: Standing) -> int:
        return sum(1 for step in self.steps if step.standing is standing)
