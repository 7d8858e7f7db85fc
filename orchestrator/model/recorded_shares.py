"""What tenants shared with each other when they were last applied, whatever their specs say by now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from orchestrator.model.exported_ids import State
from orchestrator.model.plan import LedgerEntry, stack_of, tenant_of, tenant_step
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import TenantState

OPENED: Final = "opened_containers"
USED: Final = "shared_networks"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedShares:
    """Of one tenant's stack, by names.

    `opened`: its containers -> tenants that may use them; `used`: other tenants -> networks of theirs that it is on.
    """

    opened: Mapping[str, frozenset[str]] = field(default_factory=dict)
    used: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, *exports: Mapping[str, Any]) -> RecordedShares:
        """From what the stack exports; whatever any of several says counts."""
        opened: dict[str, frozenset[str]] = {}
        used: dict[str, frozenset[str]] = {}
        for one in exports:
            for name, may in (one.get(OPENED) or {}).items():
                _add(opened, name, {user.partition("/")[0] for user in may})
            for owner, networks in (one.get(USED) or {}).items():
                _add(used, owner, networks)
        return cls(opened=opened, used=used)


def _add(found: dict[str, frozenset[str]], name: str, more: Iterable[str]) -> None:
    if now := found.get(name, frozenset()) | frozenset(more):
        found[name] = now


def recorded_shares(
    specs: Specs, ledger: Mapping[str, LedgerEntry], stacks: Collection[str], state: State
) -> Mapping[str, RecordedShares]:
    """By step, of every tenant that the specs or the ledger know.

    Of those that are retired or have no file any more, `state` is asked too where the ledger does not tell of a whole
    apply: what failed has tried what the state says, and may have left what was before. `stacks`: those that it has.
    """
    steps = {step for step in ledger if tenant_of(step)} | set(map(tenant_step, specs.tenants))
    return {step: RecordedShares.of(*_exports(step, specs, ledger, stacks, state)) for step in sorted(steps)}


def _exports(
    step: str, specs: Specs, ledger: Mapping[str, LedgerEntry], stacks: Collection[str], state: State
) -> tuple[Mapping[str, Any], ...]:
    entry, tenant = ledger.get(step), specs.tenants.get(tenant_of(step))
    kept = entry.outputs if entry else {}
    if (entry and entry.vouches) or (tenant and tenant.state is not TenantState.RETIRED):
        return (kept,)
    return (kept, state(stack_of(step))) if stack_of(step) in stacks else ()
