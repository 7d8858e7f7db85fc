"""POL003: the networks of a tenant do not overlap, so that its servers can always be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        for index, network in enumerate(tenant.networks):
            for other in tenant.networks[:index]:
                if network.cidr.overlaps(other.cidr):
                    yield Violation(
                        object=tenant_ref(tenant),
                        path=("spec", "networks", index, "cidr"),
                        message=f"network '{network.name}' ({network.cidr}) overlaps '{other.name}' ({other.cidr})",
                    )


RULE = Rule(
    code="POL003",
    name="addresses-overlap",
    severity=Severity.ERROR,
    summary="The networks of a tenant do not overlap.",
    hint="give one of them other addresses",
    reference="Neutron: the subnets of a router do not overlap",
    check=_check,
)
