"""POL002: health data stands only where an HDS certificate is in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orchestrator.model.certification import Certification
from orchestrator.model.container_use import container_uses
from orchestrator.model.finding import Path, Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.sensitivity import Sensitivity
from orchestrator.model.sharing import ContainerAccess
from orchestrator.model.site import Certificate, Site
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant
from policies.machines import machines
from policies.placement import Placement
from policies.rule import Rule, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    """A retired tenant is judged too: its data stays until it is deleted."""
    placement = Placement.of(subject.specs)
    for tenant in subject.specs.tenants.values():
        if tenant.sensitivity is not Sensitivity.HEALTH:
            continue
        for (name, path), aggregates in _stands(subject.specs, placement, tenant).items():
            fault = _fault(subject, subject.specs.sites[name], aggregates)
            if fault:
                message = f"'{tenant.name}' keeps health data on site '{name}', {fault}"
                yield Violation(object=tenant_ref(tenant), path=path, message=message)


def _stands(specs: Specs, placement: Placement, tenant: Tenant) -> Mapping[tuple[str, Path], frozenset[str]]:
    """(site, where it is written) -> the aggregates on which servers may stand; none for storage alone.

    What the tenant writes into a container of another one lies at that one's site.
    """
    stands: dict[tuple[str, Path], frozenset[str]] = {(tenant.site, ("spec", "site")): frozenset()}
    for machine in machines(tenant):
        path: Path = (*machine.path, "site") if machine.site != tenant.site else ("spec", "site")
        aggregates = {aggregate for _, aggregate in placement.of_machine(machine.site, machine.flavor)}
        stands[machine.site, path] = stands.get((machine.site, path), frozenset()) | aggregates
    for one in container_uses(specs, tenant):
        if one.access is ContainerAccess.WRITE:
            stands.setdefault((one.owner.site, ("spec", "sharedContainers", one.index, "tenant")), frozenset())
    return stands


def _fault(subject: Subject, site: Site, aggregates: frozenset[str]) -> str:
    held = [one for one in site.certificates if one.certification is Certification.HDS]
    if not held:
        return "which has no HDS certificate"
    in_force = [one for one in held if one.expires >= subject.today]
    if not in_force:
        return f"whose HDS certificate ended on {max(one.expires for one in held)}"
    outside = [name for name in sorted(aggregates) if not _covered(name, in_force)]
    return f"whose HDS certificate does not cover aggregate {', '.join(outside)}" if outside else ""


def _covered(aggregate: str, certificates: list[Certificate]) -> bool:
    """A certificate that names no aggregates is the whole site's."""
    return any(not one.aggregates or aggregate in one.aggregates for one in certificates)


RULE = Rule(
    code="POL002",
    name="health-hosting",
    severity=Severity.ERROR,
    summary="Health data stands only on sites and aggregates that an HDS certificate in force covers.",
    hint="choose a certified site, a flavor of a certified aggregate, or renew the certificate",
    reference="Code de la santé publique, L. 1111-8; HDS framework 2024",
    check=_check,
)
