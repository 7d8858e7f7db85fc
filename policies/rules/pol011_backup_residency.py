"""POL011: backups stay in the countries that the region promised: a copy abroad is data abroad."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import ObjectRef, Severity
from orchestrator.model.rule import Subject, Violation
from policies.rule import Rule


def _check(subject: Subject) -> Iterator[Violation]:
    yield from _tiers(subject)
    yield from _control_hosts(subject)


def _tiers(subject: Subject) -> Iterator[Violation]:
    """A target that is a site of the region is judged with the site, POL001."""
    catalogue = subject.specs.catalogue
    for tier in catalogue.backup_tiers.values():
        target = tier.target
        if not target.site and target.country not in subject.specs.region.allowed_countries:
            yield Violation(
                object=ObjectRef(kind="Catalogue", name=catalogue.name),
                path=("spec", "backupTiers", tier.name, "target", "country"),
                message=f"backups of tier '{tier.name}' go to '{target.location}' in {_where(subject, target.country)}",
            )


def _control_hosts(subject: Subject) -> Iterator[Violation]:
    """Databases of the control hosts name members' people, networks and servers."""
    region = subject.specs.region
    backups = region.installation.backups if region.installation else None
    if backups and backups.country not in region.allowed_countries:
        yield Violation(
            object=ObjectRef(kind="Region", name=region.name),
            path=("spec", "installation", "backups", "country"),
            message=f"backups of the control hosts go to {_where(subject, backups.country)}",
        )


def _where(subject: Subject, country: str) -> str:
    region = subject.specs.region
    return f"{country}; region '{region.name}' allows {', '.join(region.allowed_countries)}"


RULE = Rule(
    code="POL011",
    name="backup-residency",
    severity=Severity.ERROR,
    summary="Every target of backups stands in a country that the region allows.",
    hint="take a target in an allowed country, or let the operator's assembly change residency.allowedCountries",
    reference="SecNumCloud 3.2, 19.2 (location of data); GDPR, article 44",
    check=_check,
)
