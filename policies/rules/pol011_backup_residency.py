"""POL011: backups stay in the countries that the region promised: a copy abroad is data abroad."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import ObjectRef, Severity
from orchestrator.model.rule import Subject, Violation
from policies.rule import Rule


def _check(subject: Subject) -> Iterator[Violation]:
    """A target that is a site of the region is judged with the site, POL001."""
    region, catalogue = subject.specs.region, subject.specs.catalogue
    for tier in catalogue.backup_tiers.values():
        target = tier.target
        if not target.site and target.country not in region.allowed_countries:
            yield Violation(
                object=ObjectRef(kind="Catalogue", name=catalogue.name),
                path=("spec", "backupTiers", tier.name, "target", "country"),
                message=f"backups of tier '{tier.name}' go to '{target.location}' in {target.country}; region "
                f"'{region.name}' allows {', '.join(region.allowed_countries)}",
            )


RULE = Rule(
    code="POL011",
    name="backup-residency",
    severity=Severity.ERROR,
    summary="Every target of backups stands in a country that the region allows.",
    hint="take a target in an allowed country, or let the operator's assembly change residency.allowedCountries",
    reference="SecNumCloud 3.2, 19.2 (location of data); GDPR, article 44",
    check=_check,
)
