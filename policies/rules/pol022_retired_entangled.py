"""POL022: who leaves leaves whole: nothing of others hangs on a retired tenant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orchestrator.model.finding import ObjectRef, Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant, TenantState
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    retired = {name for name, tenant in subject.specs.tenants.items() if tenant.state is TenantState.RETIRED}
    yield from _hosts(subject.specs, retired)
    yield from _shares(subject.specs, retired)
    for name in sorted(retired):
        tenant = subject.specs.tenants[name]
        if tenant.retired_on and tenant.retired_on < tenant.agreement.start:
            message = (
                f"'{name}' retires on {tenant.retired_on}, before its agreement starts on {tenant.agreement.start}"
            )
            hint = "mend one of the two dates"
            yield Violation(object=tenant_ref(tenant), path=("spec", "retiredOn"), message=message, hint=hint)


def _hosts(specs: Specs, retired: set[str]) -> Iterator[Violation]:
    for host in specs.hosts.values():
        if host.owner in retired and not host.maintenance:
            message = f"host '{host.name}' is lent by '{host.owner}', which is retired, and still counts as capacity"
            hint = "set maintenance: true until the host is gone, or write its new owner"
            yield Violation(
                object=ObjectRef(kind="Host", name=host.name), path=("spec", "owner"), message=message, hint=hint
            )


def _shares(specs: Specs, retired: set[str]) -> Iterator[Violation]:
    for tenant in living(specs):
        networks = [(one.tenant, one.network) for one in tenant.shared_networks]
        yield from _used(tenant, retired, "network", networks, "move its servers to another network first")
        containers = [(one.tenant, one.container) for one in tenant.shared_containers]
        yield from _used(tenant, retired, "container", containers, "fetch what it needs from there first")


def _used(
    tenant: Tenant, retired: set[str], kind: str, uses: Iterable[tuple[str, str]], hint: str
) -> Iterator[Violation]:
    """`uses`: (owner, name there), in the order of the spec."""
    for index, (owner, name) in enumerate(uses):
        if owner in retired:
            message = f"'{tenant.name}' uses {kind} '{name}' of '{owner}', which is retired"
            path = ("spec", f"shared{kind.capitalize()}s", index, "tenant")
            yield Violation(object=tenant_ref(tenant), path=path, message=message, hint=hint)


RULE = Rule(
    code="POL022",
    name="retired-entangled",
    severity=Severity.ERROR,
    summary="A retired tenant lends no host in use and shares no network or container with living ones, and retires "
    "after its agreement's start.",
    hint="settle what others need of it first",
    reference="retirement, docs/operations.md",
    check=_check,
)
