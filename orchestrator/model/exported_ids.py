"""Ids that stacks export for others, from what the ledger kept of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import REGION_STEP, LedgerEntry, stack_of, tenant_step

State = Callable[[str], Mapping[str, Any]]
"""The exports of a stack as the state has them; {} where there is none."""


def exported_ids(ledger: Mapping[str, LedgerEntry], tenants: Iterable[str], state: State | None = None) -> KnownIds:
    """Of the region, and of these tenants.

    `state`: asked only where the ledger does not tell of a whole apply; without it, what it kept from before counts.
    """
    return KnownIds.of(
        _exports(REGION_STEP, ledger, state),
        {tenant: _exports(tenant_step(tenant), ledger, state) for tenant in sorted(tenants)},
    )


def _exports(step: str, ledger: Mapping[str, LedgerEntry], state: State | None) -> Mapping[str, Any]:
    entry = ledger.get(step)
    kept = entry.outputs if entry else {}
    if state is None or (entry and entry.vouches):
        return kept
    return state(stack_of(step)) or kept  # its last apply did not finish
