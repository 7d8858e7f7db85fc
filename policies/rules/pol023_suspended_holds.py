"""POL023: what a suspended tenant keeps from others is seen."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.tenant import Tenant, TenantState
from policies.rule import Rule, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in subject.specs.tenants.values():
        kept = _kept(tenant) if tenant.state is TenantState.SUSPENDED else ()
        if kept:
            message = f"'{tenant.name}' is suspended and keeps {', '.join(kept)}"
            yield Violation(object=tenant_ref(tenant), path=("spec", "state"), message=message)


def _kept(tenant: Tenant) -> tuple[str, ...]:
    share = tenant.guarantee
    amounts = (
        (share.vcpus, "guaranteed cores: {}"),
        (share.memory_mib, "guaranteed memory: {} MiB"),
        (sum(share.storage_gib.values()), "guaranteed storage: {} GiB"),
        (len(tenant.floating_ips), "floating IPs: {}"),
    )
    return tuple(text.format(amount) for amount, text in amounts if amount)


RULE = Rule(
    code="POL023",
    name="suspended-holds",
    severity=Severity.NOTE,
    summary="A suspended tenant holds no guaranteed share and no floating IP.",
    hint="lower what is guaranteed while it sleeps, or accept that it stays reserved",
    reference="capacity layers, docs/words.md",
    check=_check,
)
