"""POL001: data stays in the countries that the region promised."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import ObjectRef, Severity
from orchestrator.model.rule import Subject, Violation
from policies.rule import Rule


def _check(subject: Subject) -> Iterator[Violation]:
    allowed = subject.specs.region.allowed_countries
    for site in subject.specs.sites.values():
        if site.country not in allowed:
            yield Violation(
                object=ObjectRef(kind="Site", name=site.name),
                path=("spec", "country"),
                message=f"site '{site.name}' is in {site.country}; region '{subject.specs.region.name}' allows "
                f"{', '.join(allowed)}",
            )


RULE = Rule(
    code="POL001",
    name="residency",
    severity=Severity.ERROR,
    summary="Every site stands in a country that the region allows.",
    hint="remove the site, or let the operator's assembly change residency.allowedCountries",
    reference="SecNumCloud 3.2, 19.2 (location of data)",
    check=_check,
)
