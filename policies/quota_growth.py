"""How far a quota may grow in one change: to the next larger size of the catalogue, amount by amount."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Final

from orchestrator.model.catalogue import Catalogue
from orchestrator.model.plan import Step
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.quota_record import QuotaRecord
from orchestrator.model.quota_size import tenant_quota
from orchestrator.model.tenant import QuotaRequest, Tenant

AMOUNTS: Final = ("vcpus", "memoryMiB", "storageGiB")
"""What a size is about; counts of small things follow."""


def changed_requests(facts: PlanFacts) -> Iterator[tuple[Tenant, QuotaRecord]]:
    """Tenants whose request is not the one that was last applied, with that one; unknown ones are left out."""
    for tenant, step in facts.tenant_steps():
        before = _known(facts, step)
        if before and not _asks_the_same(before, tenant.quota):
            yield tenant, before


def too_far(catalogue: Catalogue, before: Mapping[str, int], now: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Amounts that grow beyond the next size, each with the most that one step allows."""
    sizes = [tenant_quota(catalogue, QuotaRequest(size=name)) for name in catalogue.quota_sizes]
    for amount in AMOUNTS:
        ladder = sorted({size[amount] for size in sizes} - {0})
        most = _most(ladder, before.get(amount, 0))
        if ladder and now[amount] > most:
            yield amount, most


def _most(ladder: list[int], amount: int) -> int:
    """The next rung above the amount; above the last rung: as much again as it has."""
    rung = bisect_right(ladder, amount)
    return ladder[rung] if rung < len(ladder) else amount + max(ladder, default=0)


def _known(facts: PlanFacts, step: Step) -> QuotaRecord | None:
    entry = facts.ledger.get(step.name)
    return entry.quota if entry else None


def _asks_the_same(before: QuotaRecord, asked: QuotaRequest) -> bool:
    now = QuotaRecord(size=asked.size, multiplier=asked.multiplier, overrides=asked.overrides, values={})
    return now.asks_the_same(before)
