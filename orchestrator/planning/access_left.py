"""Access across tenants that outlives what both sides say, as far as the ledger tells of it.

A container's access lists stand in its owner's stack, the access to a network in the stack of who uses it. Neither of
them is carried out any more once its tenant is retired, or its file is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from orchestrator.model.environment import Closing, TenantEnvironment
from orchestrator.model.plan import LedgerEntry
from orchestrator.model.tenant import Tenant

OPENED: Final = "opened_containers"
USED: Final = "shared_networks"


def is_waiting_to_close(tenant: Tenant, entry: LedgerEntry | None, *, due: bool) -> bool:
    """Whether containers of a retired tenant may be open for somebody. `due`: everything of it is to be deleted.

    What the ledger does not vouch for may be. A deletion comes first where it is due: it closes what it deletes. One
    that did not finish has left containers that hold objects.
    """
    if not tenant.object_containers:
        return False
    if due:
        return bool(entry and not entry.digest and entry.outputs.get(OPENED))
    vouched = bool(entry and entry.digest and OPENED in entry.outputs)
    return not vouched or bool(entry and entry.outputs[OPENED])


def closing(environment: TenantEnvironment, entry: LedgerEntry | None, *, due: bool) -> TenantEnvironment | None:
    """The environment of a step that does what both sides say of its containers and nothing else; None: it is so."""
    exports = entry.outputs if entry else {}
    vouched = bool(entry and (entry.digest or due) and OPENED in exports)
    opened: Mapping[str, Any] = exports.get(OPENED) or {}
    wanted = environment.opened_containers
    own = {one.container.name for project in environment.projects for one in project.object_containers}
    other = {name for name in own if not vouched or dict(opened.get(name) or {}) != dict(wanted.get(name) or {})}
    if not other:
        return None
    return replace(
        environment,
        closing=Closing(
            containers=tuple(sorted(other)),
            opened={name: dict(may) for name, may in opened.items() if name not in own},
            used={owner: tuple(names) for owner, names in (exports.get(USED) or {}).items()},
        ),
    )


def access_left(entry: LedgerEntry | None, tenant: Tenant | None) -> str:
    """What stays as it is although nobody need want it, in words that go on from a reason; empty: nothing.

    `tenant`: as its file says; None: it is missing. Containers that the file names are closed by a step of their own.
    """
    exports = entry.outputs if entry else {}
    closed = {container.name for container in tenant.object_containers} if tenant else set()
    return "".join(f"; {one}" for one in (*_networks(exports), *_containers(exports, closed)))


def _networks(exports: Mapping[str, Any]) -> Iterator[str]:
    used = sorted((exports.get(USED) or {}).items())
    if told := [f"{name} of {owner}" for owner, names in used for name in sorted(names)]:
        yield f"its servers stay on the {'networks' if len(told) > 1 else 'network'} {', '.join(told)}"


def _containers(exports: Mapping[str, Any], closed: set[str]) -> Iterator[str]:
    for name, may in sorted((exports.get(OPENED) or {}).items()):
        if may and name not in closed:
            users = sorted({user.partition("/")[0] for user in may})
            yield f"its container {name} stays open for {', '.join(users)} until its file names it again"
