"""POL015: a certificate is renewed before it ends, not after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orchestrator.model.certification import Certification
from orchestrator.model.finding import ObjectRef, Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.sensitivity import Sensitivity
from orchestrator.model.site import Site
from orchestrator.model.specs import Specs
from policies.machines import sites_of
from policies.rule import Rule

DAYS: Final = 90
"""What an audit and its paperwork take."""


def _check(subject: Subject) -> Iterator[Violation]:
    """An HDS certificate that ended under health data is an error, POL002: it is not told twice."""
    needed = _with_health_data(subject.specs)
    for site in subject.specs.sites.values():
        for index, certification in _last_of_each(site):
            expires = site.certificates[index].expires
            days = (expires - subject.today).days
            refused = days < 0 and certification is Certification.HDS and site.name in needed
            if days <= DAYS and not refused:
                when = f"ended on {expires}" if days < 0 else f"ends on {expires}, in {days} days"
                yield Violation(
                    object=ObjectRef(kind="Site", name=site.name),
                    path=("spec", "certificates", index, "expires"),
                    message=f"the {certification.value} certificate of site '{site.name}' {when}",
                )


def _last_of_each(site: Site) -> Iterator[tuple[int, Certification]]:
    """(index, certification) of the certificate that ends last: what it renews counts no more."""
    last: dict[tuple[Certification, tuple[str, ...]], int] = {}
    for index, one in enumerate(site.certificates):
        what = (one.certification, one.aggregates)
        if what not in last or one.expires > site.certificates[last[what]].expires:
            last[what] = index
    for (certification, _), index in sorted(last.items(), key=lambda item: item[1]):
        yield index, certification


def _with_health_data(specs: Specs) -> frozenset[str]:
    tenants = [tenant for tenant in specs.tenants.values() if tenant.sensitivity is Sensitivity.HEALTH]
    return frozenset(site for tenant in tenants for site in sites_of(tenant))


RULE = Rule(
    code="POL015",
    name="certificate-ends",
    severity=Severity.WARNING,
    summary=f"No certificate of a site has ended or ends within {DAYS} days.",
    hint="write the renewed certificate, or remove it and what rests on it",
    reference="HDS framework 2024; SecNumCloud 3.2; ISO/IEC 27001",
    check=_check,
)
