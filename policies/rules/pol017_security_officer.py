"""POL017: for health data somebody is called when something is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.sensitivity import Sensitivity
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        if tenant.sensitivity is Sensitivity.HEALTH and not tenant.contacts.rssi:
            message = f"'{tenant.name}' keeps health data and names no security officer"
            yield Violation(object=tenant_ref(tenant), path=("spec", "contacts"), message=message)


RULE = Rule(
    code="POL017",
    name="security-officer",
    severity=Severity.WARNING,
    summary="A tenant with health data names its security officer.",
    hint="add contacts.rssi",
    reference="Code de la santé publique, R. 1111-11 (hosting contract); HDS framework 2024",
    check=_check,
)
