"""Projects of other tenants that a container is opened for and that nobody has made yet.

Both tenants of a shared container may stand in one plan, and neither waits for the other. The one whose container it
is cannot be whole before the other's project is there: it is taken in each plan until then, so that the run that makes
the project opens the container, too.
"""

from __future__ import annotations

from orchestrator.model.environment import RegionEnvironment, TenantEnvironment
from orchestrator.model.known_ids import KnownIds


def awaited(environment: RegionEnvironment | TenantEnvironment, ids: KnownIds) -> str:
    """Why the step is taken although nothing else changed; empty: it waits for nobody."""
    if not isinstance(environment, TenantEnvironment):
        return ""
    missing = {grant.tenant for grant in environment.container_grants if not ids.project(grant.tenant, grant.project)}
    return f"a container of it waits for {', '.join(sorted(missing))}" if missing else ""
