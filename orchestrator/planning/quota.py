"""What the ledger is to keep of a tenant's quota: the request, its values, and when it last changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from orchestrator.model.catalogue import Catalogue
from orchestrator.model.plan import LedgerEntry
from orchestrator.model.quota_record import QuotaRecord
from orchestrator.model.quota_size import tenant_quota
from orchestrator.model.tenant import Tenant


def quota_record(catalogue: Catalogue, tenant: Tenant, before: LedgerEntry | None, today: dt.date) -> QuotaRecord:
    """The record of the quota as the specs have it now. `before`: what the ledger knows of the tenant's step."""
    asked = tenant.quota
    now = QuotaRecord(
        size=asked.size,
        multiplier=asked.multiplier,
        overrides=dict(asked.overrides),
        values=dict(tenant_quota(catalogue, asked)),
    )
    known = before.quota if before else None
    if known is None:
        return now
    return replace(now, changed_on=known.changed_on if now.asks_the_same(known) else today.isoformat())
