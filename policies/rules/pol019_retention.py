"""POL019: personal data has an end, and backups do not outlive it."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant
from policies.months import months_later
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    """Of tenants that write a register entry; whether they must is POL006."""
    for tenant in living(subject.specs):
        if tenant.personal_data is None:
            continue
        if tenant.personal_data.retention_months is None:
            message = f"'{tenant.name}' does not say how long it keeps personal data"
            yield Violation(object=tenant_ref(tenant), path=("spec", "personalData"), message=message)
        else:
            yield from _backups(subject, tenant, tenant.personal_data.retention_months)


def _backups(subject: Subject, tenant: Tenant, months: int) -> Iterator[Violation]:
    longest = (months_later(subject.today, months) - subject.today).days
    for index, backup in enumerate(tenant.backups):
        kept = _kept(subject.specs, backup.tier)
        if kept > longest:
            yield Violation(
                object=tenant_ref(tenant),
                path=("spec", "backups", index, "tier"),
                message=f"backups of tier '{backup.tier}' are kept for {kept} days, the data for {months} months",
                hint="take a tier that keeps shorter, or mend personalData.retentionMonths",
            )


def _kept(specs: Specs, tier: str) -> int:
    return specs.catalogue.backup_tiers[tier].keep_days


RULE = Rule(
    code="POL019",
    name="retention",
    severity=Severity.WARNING,
    summary="Who keeps personal data says for how long, and keeps no backup longer.",
    hint="add personalData.retentionMonths",
    reference="GDPR, articles 5(1)(e) and 30(1)(f)",
    check=_check,
)
