"""What stacks export for others: from the ledger, else from the state, else nothing yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import REGION_STEP, LedgerEntry, stack_of, tenant_step
from orchestrator.ports import StackEngine


def known_ids(ledger: Mapping[str, LedgerEntry], engine: StackEngine, tenants: Iterable[str]) -> KnownIds:
    """Of the region, and of these tenants: the state of a stack is read only where the ledger does not tell."""
    return KnownIds.of(
        _exports(REGION_STEP, ledger, engine),
        {tenant: _exports(tenant_step(tenant), ledger, engine) for tenant in sorted(tenants)},
    )


def _exports(step: str, ledger: Mapping[str, LedgerEntry], engine: StackEngine) -> Mapping[str, Any]:
    entry = ledger.get(step)
    if entry and entry.digest and entry.outputs:
        return entry.outputs
    return engine.outputs(stack_of(step)) or (entry.outputs if entry else {})  # its last apply did not finish
