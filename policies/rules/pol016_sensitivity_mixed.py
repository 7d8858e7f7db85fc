"""POL016: classes of data that must be kept apart do not meet on one aggregate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.sensitivity import Sensitivity
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant
from policies.named import named
from policies.placement import Place, Placement
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    placement, accepted = Placement.of(subject.specs), _accepted(subject.specs)
    landings = [(tenant, sorted(placement.of_tenant(tenant))) for tenant in living(subject.specs)]
    others: dict[Place, list[str]] = defaultdict(list)
    for tenant, places in landings:
        for place in places if tenant.sensitivity is not Sensitivity.HEALTH else ():
            others[place].append(tenant.name)
    for tenant, places in landings:
        for place in places:
            fault = _fault(tenant, accepted.get(place), others.get(place, ()))
            if fault:
                message = (
                    f"'{tenant.name}' keeps {tenant.sensitivity.value} data, and its servers may stand on aggregate "
                    f"'{place[1]}' of site '{place[0]}', {fault}"
                )
                yield Violation(object=tenant_ref(tenant), path=("spec", "sensitivity"), message=message)


def _accepted(specs: Specs) -> Mapping[Place, tuple[Sensitivity, ...]]:
    return {(site.name, one.name): one.sensitivities for site in specs.sites.values() for one in site.aggregates}


def _fault(tenant: Tenant, accepted: tuple[Sensitivity, ...] | None, others: Sequence[str]) -> str:
    """An aggregate of which its site says nothing accepts all, but not health data beside others."""
    if accepted is not None:
        return "" if tenant.sensitivity in accepted else f"which accepts {', '.join(accepted)} only"
    if tenant.sensitivity is Sensitivity.HEALTH and others:
        return f"as may those of {named(others)}, which keep no health data"
    return ""


RULE = Rule(
    code="POL016",
    name="sensitivity-mixed",
    severity=Severity.ERROR,
    summary="Servers stand on aggregates that accept their class of data; where a site names no classes, health data "
    "stands alone.",
    hint="take a flavor of another aggregate, or let the site's aggregates say which classes they accept",
    reference="SecNumCloud 3.2, 9.7 (partitioning); HDS framework 2024",
    check=_check,
)
