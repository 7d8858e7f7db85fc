"""POL009: further projects take their quotas out of the tenant's, so together they cannot take more than it has."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.quota import NOT_SHARED
from orchestrator.model.quota_size import tenant_quota
from orchestrator.model.rule import Subject, Violation
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        quota = tenant_quota(subject.specs.catalogue, tenant.quota)
        for name, whole in quota.items():
            taken = sum(project.quota.get(name, 0) for project in tenant.projects)
            if taken > whole and name not in NOT_SHARED:
                message = f"further projects take {taken} of {name}; the tenant has {whole}"
                yield Violation(object=tenant_ref(tenant), path=("spec", "projects"), message=message)


RULE = Rule(
    code="POL009",
    name="project-quotas",
    severity=Severity.ERROR,
    summary="The quotas of further projects are within the tenant's.",
    hint="raise the tenant's quota, or lower the projects'",
    reference="quota of projects, docs/spec/reference.md",
    check=_check,
)
