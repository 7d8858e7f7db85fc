"""POL034: a host is hardened as much as the data needs that may come to stand on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from orchestrator.model.finding import ObjectRef, Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.sensitivity import Sensitivity
from orchestrator.model.site import HardeningLevel
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant
from policies.placement import Place, Placement
from policies.rule import Rule, living

NEEDED: Final = {
    Sensitivity.PUBLIC: HardeningLevel.MINIMAL,
    Sensitivity.INTERNAL: HardeningLevel.MINIMAL,
    Sensitivity.PERSONAL: HardeningLevel.INTERMEDIARY,
    Sensitivity.HEALTH: HardeningLevel.ENHANCED,
}
"""BP-028 leaves the choice to whoever runs the system: intermediary is its level for nearly all, enhanced for what
must be secured with priority."""
LEVELS: Final = tuple(HardeningLevel)


def _check(subject: Subject) -> Iterator[Violation]:
    placement = Placement.of(subject.specs)
    for place, tenant in _most_sensitive(subject.specs, placement).items():
        needed = NEEDED[tenant.sensitivity]
        for host in placement.hosts.get(place, ()):
            if LEVELS.index(host.hardening) < LEVELS.index(needed):
                yield Violation(
                    object=ObjectRef(kind="Host", name=host.name),
                    path=("spec", "hardening"),
                    message=f"host '{host.name}' is hardened at level {host.hardening.value}; "
                    f"{tenant.sensitivity.value} data of '{tenant.name}' may stand on it and needs {needed.value}",
                )


def _most_sensitive(specs: Specs, placement: Placement) -> Mapping[Place, Tenant]:
    """Of each place the first of the tenants that need most; places sorted."""
    order = tuple(NEEDED)
    most: dict[Place, Tenant] = {}
    for tenant in living(specs):
        for place in placement.of_tenant(tenant):
            known = most.get(place)
            if known is None or order.index(tenant.sensitivity) > order.index(known.sensitivity):
                most[place] = tenant
    return dict(sorted(most.items()))


RULE = Rule(
    code="POL034",
    name="hardening",
    severity=Severity.ERROR,
    summary="Hosts that may carry personal data are hardened at level intermediary, health data at enhanced.",
    hint="harden the host, or keep such data on another aggregate by its flavors",
    reference="ANSSI BP-028, Recommandations de configuration d'un système GNU/Linux",
    check=_check,
)
