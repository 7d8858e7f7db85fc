"""POL038: a shared network is no way from one class of data to another."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        for index, shared in enumerate(tenant.shared_networks):
            owner = subject.specs.tenants[shared.tenant]
            if owner.sensitivity is not tenant.sensitivity:
                message = (
                    f"'{tenant.name}' ({tenant.sensitivity.value} data) is connected to network '{shared.network}' of "
                    f"'{owner.name}' ({owner.sensitivity.value} data)"
                )
                path = ("spec", "sharedNetworks", index, "network")
                yield Violation(object=tenant_ref(tenant), path=path, message=message)


RULE = Rule(
    code="POL038",
    name="shared-sensitivity",
    severity=Severity.WARNING,
    summary="Members that share a network keep data of the same class.",
    hint="share a network that holds only what both may see, and waive this by review",
    reference="SecNumCloud 3.2, 13.2 (partitioning of networks)",
    check=_check,
)
