"""What holds data among a step's resources, and which of it would be lost: seen from the plan, not from the cloud.

A server's root disk on a volume is a volume of its own, `PROJECT/SERVER/root/IMAGE`: it counts with its server.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orchestrator.model.plan import Operation, ResourceChange, Step
from orchestrator.model.project_key import project_key
from orchestrator.model.tenant import Server, Tenant

SERVER: Final = "openstack:compute/instance:Instance"
VOLUME: Final = "openstack:blockstorage/volume:Volume"
CONTAINER: Final = "openstack:objectstorage/container:Container"
KINDS: Final = {VOLUME: "volume", CONTAINER: "object container", SERVER: "server"}
_GOES: Final = frozenset({Operation.DELETE, Operation.REPLACE})


def lost_stores(step: Step) -> Iterator[ResourceChange]:
    """Volumes and containers that go, root disks of servers left out."""
    for change in step.changes:
        if change.operation in _GOES and change.kind in {VOLUME, CONTAINER} and not _is_root(change):
            yield change


def lost_disks(step: Step, tenant: Tenant, operation: Operation) -> Iterator[ResourceChange]:
    """Servers that see this operation and whose root disk goes with them."""
    for change in step.changes:
        if change.kind == SERVER and change.operation is operation and not _disk_is_kept(step, tenant, change):
            yield change


def index_of(tenant: Tenant, change: ResourceChange) -> int | None:
    """Where the specs have the server of a change; None: they do not have it."""
    for index, server in enumerate(tenant.servers):
        if _name(tenant, server) == change.name:
            return index
    return None


def told(changes: Iterator[ResourceChange]) -> str:
    """`volume main/archive, server main/db`; empty when there are none."""
    return ", ".join(f"{KINDS[change.kind]} {change.name}" for change in changes)


def _disk_is_kept(step: Step, tenant: Tenant, change: ResourceChange) -> bool:
    if any(_is_root(one) and one.name.startswith(f"{change.name}/") for one in _coming_or_going(step)):
        return False  # one goes: with its data; one comes: in place of a disk of the host, or of another image's
    index = index_of(tenant, change)
    return index is not None and tenant.servers[index].boot_volume is not None


def _coming_or_going(step: Step) -> Iterator[ResourceChange]:
    return (change for change in step.changes if change.operation is not Operation.UPDATE)


def _name(tenant: Tenant, server: Server) -> str:
    """The logical name that the stack gives it."""
    return f"{project_key(tenant.name, server.project)}/{server.name}"


def _is_root(change: ResourceChange) -> bool:
    parts = change.name.split("/")
    return change.kind == VOLUME and "root" in parts[2:3]
