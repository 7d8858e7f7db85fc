"""POL002: health data stands only where an HDS certificate is in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from orchestrator.model.certification import Certification
from orchestrator.model.finding import Path, Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.sensitivity import Sensitivity
from orchestrator.model.site import Site
from orchestrator.model.tenant import Tenant
from policies.rule import Rule, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    """A retired tenant is judged too: its data stays until it is deleted."""
    for tenant in subject.specs.tenants.values():
        if tenant.sensitivity is not Sensitivity.HEALTH:
            continue
        for path, name in _sites(tenant):
            fault = _fault(subject.specs.sites[name], subject.today)
            if fault:
                message = f"'{tenant.name}' keeps health data on site '{name}', {fault}"
                yield Violation(object=tenant_ref(tenant), path=path, message=message)


def _sites(tenant: Tenant) -> Iterator[tuple[Path, str]]:
    yield ("spec", "site"), tenant.site
    for index, server in enumerate(tenant.servers):
        if server.site and server.site != tenant.site:
            yield ("spec", "servers", index, "site"), server.site


def _fault(site: Site, today: dt.date) -> str:
    ends = [one.expires for one in site.certificates if one.certification is Certification.HDS]
    if not ends:
        return "which has no HDS certificate"
    return "" if max(ends) >= today else f"whose HDS certificate ended on {max(ends)}"


RULE = Rule(
    code="POL002",
    name="health-hosting",
    severity=Severity.ERROR,
    summary="Health data stands only on sites whose HDS certificate is in force.",
    hint="choose a certified site, or renew the site's certificate",
    reference="Code de la santé publique, L. 1111-8; HDS framework 2024",
    check=_check,
)
