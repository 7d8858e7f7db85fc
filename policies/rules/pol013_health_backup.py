"""POL013: backups of health data are health data: they go where an HDS certificate is in force."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.backup import BackupTarget
from orchestrator.model.certification import Certification
from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.sensitivity import Sensitivity
from policies.rule import Rule, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    """A retired tenant is judged too: its backups stay until they are deleted."""
    faults = {name: _fault(subject, tier.target) for name, tier in subject.specs.catalogue.backup_tiers.items()}
    for tenant in subject.specs.tenants.values():
        for index, backup in enumerate(tenant.backups if tenant.sensitivity is Sensitivity.HEALTH else ()):
            if faults[backup.tier]:
                message = f"'{tenant.name}' backs up health data by tier '{backup.tier}' {faults[backup.tier]}"
                path = ("spec", "backups", index, "tier")
                yield Violation(object=tenant_ref(tenant), path=path, message=message)


def _fault(subject: Subject, target: BackupTarget) -> str:
    """A certificate for some aggregates of a site says nothing of the storage of backups."""
    if not target.site:
        held = Certification.HDS in target.certifications
        return "" if held else f"to '{target.location}', which has no HDS certificate"
    ends = [
        one.expires
        for one in subject.specs.sites[target.site].certificates
        if one.certification is Certification.HDS and not one.aggregates
    ]
    if not ends:
        return f"to site '{target.site}', which has no HDS certificate for the whole site"
    return "" if max(ends) >= subject.today else f"to site '{target.site}', whose HDS certificate ended on {max(ends)}"


RULE = Rule(
    code="POL013",
    name="health-backup",
    severity=Severity.ERROR,
    summary="Backups of health data go only to targets with an HDS certificate in force.",
    hint="take a backup tier with a certified target",
    reference="Code de la santé publique, L. 1111-8 and R. 1111-9 (6: backup); HDS framework 2024",
    check=_check,
)
