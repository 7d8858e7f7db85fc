"""POL038: what members share is no way from one class of data to another."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.container_use import container_uses
from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.sharing import ContainerAccess
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        yield from _networks(subject.specs, tenant)
        yield from _containers(subject.specs, tenant)


def _networks(specs: Specs, tenant: Tenant) -> Iterator[Violation]:
    for index, shared in enumerate(tenant.shared_networks):
        owner = specs.tenants[shared.tenant]
        if owner.sensitivity is not tenant.sensitivity:
            message = f"{_told(tenant)} is connected to network '{shared.network}' of {_told(owner)}"
            path = ("spec", "sharedNetworks", index, "network")
            yield Violation(object=tenant_ref(tenant), path=path, message=message)


def _containers(specs: Specs, tenant: Tenant) -> Iterator[Violation]:
    for one in container_uses(specs, tenant):
        if one.owner.sensitivity is not tenant.sensitivity:
            does = "writes into" if one.access is ContainerAccess.WRITE else "reads from"
            message = f"{_told(tenant)} {does} container '{one.container.name}' of {_told(one.owner)}"
            path = ("spec", "sharedContainers", one.index, "container")
            yield Violation(object=tenant_ref(tenant), path=path, message=message)


def _told(tenant: Tenant) -> str:
    return f"'{tenant.name}' ({tenant.sensitivity.value} data)"


RULE = Rule(
    code="POL038",
    name="shared-sensitivity",
    severity=Severity.WARNING,
    summary="Members that share a network or a container keep data of the same class.",
    hint="share one that holds only what both may see, and waive this by review",
    reference="SecNumCloud 3.2, 13.2 (partitioning of networks)",
    check=_check,
)
