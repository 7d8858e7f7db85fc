"""What one member may see of a collection: its own series, and how fresh they are. Everything else is left out.

The choice is made by what is allowed: a family or a label that somebody adds later is hidden until it is named here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from prometheus_client.metrics_core import Metric

from orchestrator.adapters.exporter_prometheus.rendering import Page, rendered

OWNER: Final = "tenant"
OWN_LABELS: Final = frozenset({OWNER, "site", "resource", "tier", "state", "part", "owner", "step", "network", "cidr"})
"""Labels that a member's own series may carry; a series with any other label is the operator's."""

FOR_ALL: Final = frozenset({"mutualis_collection_timestamp_seconds", "mutualis_specs_up"})
"""Families without labels that say how fresh the figures are."""


class MemberPages:
    """A page for each tenant of the specs, rendered when it is first asked for: few members scrape."""

    def __init__(self, families: Sequence[Metric], tenants: Iterable[str]) -> None:
        self._families = families
        self._tenants = frozenset(tenants) - {""}
        self._own = _by_owner(families)
        self._pages: dict[str, Page] = {}

    @property
    def tenants(self) -> tuple[str, ...]:
        return tuple(sorted(self._tenants))

    def page(self, tenant: str) -> Page | None:
        """None: there is no such tenant. Two who ask at once may both render it; the bytes are the same."""
        if tenant not in self._tenants:
            return None
        if tenant not in self._pages:
            self._pages[tenant] = Page(**rendered(self._families_of(tenant)))
        return self._pages[tenant]

    def _families_of(self, tenant: str) -> list[Metric]:
        own = self._own.get(tenant, {})
        found = (family if _is_for_all(family) else own.get(number) for number, family in enumerate(self._families))
        return [family for family in found if family]


def _is_for_all(family: Metric) -> bool:
    return family.name in FOR_ALL and not any(sample.labels for sample in family.samples)


def _by_owner(families: Sequence[Metric]) -> dict[str, dict[int, Metric]]:
    """Tenant -> number of the family -> the family with that tenant's samples alone."""
    found: dict[str, dict[int, Metric]] = {}
    for number, family in enumerate(families):
        for sample in family.samples:
            if sample.labels.keys() <= OWN_LABELS and (owner := sample.labels.get(OWNER)):
                own = found.setdefault(owner, {})
                if number not in own:
                    own[number] = Metric(family.name, family.documentation, family.type, family.unit)
                own[number].samples.append(sample)
    return found
