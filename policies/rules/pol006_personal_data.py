"""POL006: who keeps personal data says who protects it and where it is registered."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.sensitivity import Sensitivity
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        if tenant.sensitivity not in {Sensitivity.PERSONAL, Sensitivity.HEALTH}:
            continue
        keeps = f"'{tenant.name}' keeps {tenant.sensitivity.value} data"
        if not tenant.contacts.dpo:
            message = f"{keeps} and names no data protection officer"
            yield Violation(
                object=tenant_ref(tenant), path=("spec", "contacts"), message=message, hint="add contacts.dpo"
            )
        if tenant.personal_data is None:
            message = f"{keeps} and names no entry of the register of processing activities"
            yield Violation(
                object=tenant_ref(tenant), path=("spec", "sensitivity"), message=message, hint="add personalData"
            )


RULE = Rule(
    code="POL006",
    name="personal-data",
    severity=Severity.ERROR,
    summary="A tenant with personal or health data names its data protection officer and its register entry.",
    hint="add contacts.dpo and personalData",
    reference="GDPR, articles 30 and 37",
    check=_check,
)
