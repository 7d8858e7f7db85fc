"""A project. Other services never hear that one is deleted: what they keep by themselves is removed with it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.cloud.faults import ServiceFault

if TYPE_CHECKING:
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_QUOTAS: Final = (("compute", "os-quota-sets"), ("block-storage", "os-quota-sets"), ("network", "quotas"),
           ("load-balancer", "lbaas/quotas"))  # fmt: skip
# nothing there, not ours to remove, or still used by what others left in the project
_LEFT_ALONE: Final = frozenset(
    {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT, HTTPStatus.BAD_REQUEST}
)


class Project(Collection):
    def delete(self, action: Action, id_: str, known: Properties) -> None:
        # before the project: what a crash leaves behind is then found again with it; and after, for what came since
        _remove_what_is_kept(action, id_)
        super().delete(action, id_, known)
        _remove_what_is_kept(action, id_)


def _remove_what_is_kept(action: Action, id_: str) -> None:
    for service, path in _QUOTAS:
        _remove(action, service, f"{path}/{id_}")
    if action.connection.has("network"):
        for group in _default_groups(action, id_):
            _remove(action, "network", f"security-groups/{group}")


def _default_groups(action: Action, project: str) -> list[str]:
    """Found by their rules: a list of groups by project would make Neutron create the group it looks for."""
    network = action.service("network")
    rules = network.all("security-group-rules", "security_group_rules", tenant_id=project, fields="security_group_id")
    ids = sorted({rule["security_group_id"] for rule in rules})
    if not ids:
        return []
    groups = network.all("security-groups", "security_groups", id=ids, name="default", fields="id")
    return [group["id"] for group in groups]


def _remove(action: Action, service: str, path: str) -> None:
    if not action.connection.has(service):
        return
    try:
        action.service(service).delete(path)
    except ServiceFault as fault:
        if fault.status not in _LEFT_ALONE:
            raise
