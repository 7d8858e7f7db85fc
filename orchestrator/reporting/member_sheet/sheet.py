"""The sections in their order."""

from __future__ import annotations

import datetime as dt

from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import LedgerEntry
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant
from orchestrator.reporting.member_sheet.applied import applied
from orchestrator.reporting.member_sheet.charge import charge
from orchestrator.reporting.member_sheet.identity import identity
from orchestrator.reporting.member_sheet.markdown import plain
from orchestrator.reporting.member_sheet.promises import promises
from orchestrator.reporting.member_sheet.workload import workload


def member_sheet(
    specs: Specs, tenant: Tenant, today: dt.date, entry: LedgerEntry | None = None, ids: KnownIds | None = None
) -> str:
    """Markdown. What the specs say, not what the cloud has; `entry`: the tenant's in the ledger, if there is one.

    `ids`: of tenants that share with this one.

    Raises SpecError for a quota that cannot be resolved.
    """
    lines = [
        f"# {plain(tenant.display_name)}",
        "",
        f"Tenant `{tenant.name}` of region `{specs.region.name}`, as its specs say on {today}.",
        "",
        *identity(specs, tenant),
        *promises(specs, tenant),
        *workload(specs, tenant, ids or KnownIds()),
        *charge(specs, tenant, today),
        *applied(entry),
    ]
    return "\n".join(lines).rstrip() + "\n"
