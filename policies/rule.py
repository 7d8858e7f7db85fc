"""What a rule is. A rule judges specs and knows neither files nor waivers nor the other rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from orchestrator.model.finding import ObjectRef, Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant, TenantState


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`code`: stable for ever; `summary`: what must hold; `hint`: what to do; `reference`: the text behind it.

    `check`: pure, all violations in the order of the specs, in time that grows with them and no faster.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    hint: str
    reference: str
    check: Callable[[Subject], Iterable[Violation]]


def tenant_ref(tenant: Tenant) -> ObjectRef:
    """The identity of a tenant's document."""
    return ObjectRef(kind="Tenant", name=tenant.name)


def living(specs: Specs) -> Iterator[Tenant]:
    """Tenants that are not on their way out: what a retired one still writes is going to be deleted."""
    return (tenant for tenant in specs.tenants.values() if tenant.state is not TenantState.RETIRED)
