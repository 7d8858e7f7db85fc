"""What a rule that judges a plan is shown. Pure data: no clock, no cloud, no file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from orchestrator.model.plan import LedgerEntry, Step, tenant_step
from orchestrator.model.recorded_shares import RecordedShares
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """`steps`: of the plan, each with its resource changes; `ledger`: what was last applied, by step; `today`: UTC.

    `shares`: what tenants shared then, by step.
    """

    steps: tuple[Step, ...]
    specs: Specs
    ledger: Mapping[str, LedgerEntry]
    today: dt.date
    shares: Mapping[str, RecordedShares] = field(default_factory=dict)

    def tenant_steps(self) -> Iterator[tuple[Tenant, Step]]:
        """The steps of tenants that the specs know, in the plan's order."""
        tenants = {tenant_step(name): tenant for name, tenant in self.specs.tenants.items()}
        return ((tenants[step.name], step) for step in self.steps if step.name in tenants)
