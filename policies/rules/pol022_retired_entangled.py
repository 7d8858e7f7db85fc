"""POL022: who leaves leaves whole: nothing of others hangs on a retired tenant."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import ObjectRef, Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import TenantState
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    retired = {name for name, tenant in subject.specs.tenants.items() if tenant.state is TenantState.RETIRED}
    yield from _hosts(subject.specs, retired)
    yield from _networks(subject.specs, retired)
    yield from _containers(subject.specs, retired)
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


def _networks(specs: Specs, retired: set[str]) -> Iterator[Violation]:
    for tenant in living(specs):
        for index, shared in enumerate(tenant.shared_networks):
            if shared.tenant in retired:
                message = f"'{tenant.name}' uses network '{shared.network}' of '{shared.tenant}', which is retired"
                path = ("spec", "sharedNetworks", index, "tenant")
                hint = "move its servers to another network first"
                yield Violation(object=tenant_ref(tenant), path=path, message=message, hint=hint)


def _containers(specs: Specs, retired: set[str]) -> Iterator[Violation]:
    for tenant in living(specs):
        for index, shared in enumerate(tenant.shared_containers):
            if shared.tenant in retired:
                message = f"'{tenant.name}' uses container '{shared.container}' of '{shared.tenant}', which is retired"
                path = ("spec", "sharedContainers", index, "tenant")
                hint = "fetch what it needs from there first"
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
