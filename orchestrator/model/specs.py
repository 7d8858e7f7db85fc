"""A whole region as written, decoded and with its references resolved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.model.catalogue import Catalogue
from orchestrator.model.region import Region
from orchestrator.model.site import Host, Site
from orchestrator.model.tenant import Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A reviewed document that suspends one rule for one object until a date (the last day on which it counts).

    `granted`: the day on which it was approved; None if it is not written.
    """

    name: str
    rule: str
    object_kind: str
    object_name: str
    reason: str
    approved_by: str
    expires: dt.date
    granted: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Specs:
    """Everything of one region's folder. Mappings are by name, in sorted order."""

    region: Region
    sites: Mapping[str, Site]
    hosts: Mapping[str, Host]
    catalogue: Catalogue
    tenants: Mapping[str, Tenant]
    waivers: Mapping[str, Waiver]

    @property
    def known(self) -> frozenset[str]:
        """Tenants whose ids stacks of others are told."""
        return frozenset(name for tenant in self.tenants.values() for name in tenant.knows)
