"""Things of a tenant that must share a project."""

from __future__ import annotations

from collections.abc import Mapping

from orchestrator.model.finding import Path
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Item


def project_of(tenant: Judge, item: Item) -> str:
    """The project an item lives in."""
    return str(item.get("project", tenant.name))


def known_here(tenant: Judge, path: Path, name: str, others: Mapping[str, Item], what: str, project: str) -> bool:
    """Whether the tenant has this thing, in this project; a finding if not."""
    if not tenant.known(path, name, others, f"the tenant has no {what} {{}}"):
        return False
    theirs = project_of(tenant, others[name])
    if theirs != project:
        message = f"{what} '{name}' is in project '{theirs}', this is in '{project}'"
        tenant.report("contradiction", path, message, "put both into one project: OpenStack does not reach across")
        return False
    return True
