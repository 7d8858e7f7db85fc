"""A disk of a host is wiped: one that its spec names, on a host that carries nothing, by somebody who typed its name.

Whether the disk is mounted or part of a running group, the machine itself finds out (role `wipe`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from orchestrator.errors import PermanentFailure, PolicyRefusal, TemporaryFailure, UsageError
from orchestrator.flow.remove_host import Confirm, refuse_carrying
from orchestrator.model.host_inventory import HostEntry, HostInventory
from orchestrator.model.host_result import HostResult, HostStatus
from orchestrator.model.specs import Specs
from orchestrator.ports import HostApplier, HostRegistry, TaskSeen

VARIABLE: Final = "mutualis_wiped_disk"
"""What tells the role which disk; no spec ever sets it."""


def refuse_wipe(specs: Specs, name: str, device: str) -> None:
    """Raises UsageError for a host or a disk that no spec names; PolicyRefusal for a host in duty."""
    host = specs.hosts.get(name)
    if host is None:
        raise UsageError(f"no spec names a host {name}", hint="a disk is wiped as long as its host has its file")
    disks = [disk.device for disk in host.disks]
    if device not in disks:
        raise UsageError(
            f"{device} is no disk in the spec of host {name}", hint=f"it has: {', '.join(disks) or 'none'}"
        )
    if not host.maintenance:
        raise PolicyRefusal(f"host {name} is in duty by its spec", hint="say `maintenance: true` in it, and apply")


def wipe_disk(
    inventory: HostInventory,
    name: str,
    device: str,
    registry: HostRegistry,
    applier: HostApplier,
    confirm: Confirm,
    seen: TaskSeen,
) -> HostResult:
    """Raises PolicyRefusal when the host carries anything, before and after the question; what the machine says else.

    `inventory`: the whole region's.
    """
    refuse_carrying(name, registry.holdings(name))
    confirm(name)
    refuse_carrying(name, registry.holdings(name))
    told = replace(inventory, hosts=tuple(_told(one, name, device) for one in inventory.hosts))
    result = applier.apply(told, (name,), seen)[name]
    if result.status is HostStatus.DONE:
        return result
    failure = result.failure
    cause, hint = (failure.cause, failure.hint) if failure else (f"it is {result.status.value}", "")
    kind = TemporaryFailure if result.status is HostStatus.UNREACHABLE else PermanentFailure
    raise kind(f"{device} of host {name} was not wiped: {cause}", hint=hint)


def _told(host: HostEntry, name: str, device: str) -> HostEntry:
    return replace(host, variables={**host.variables, VARIABLE: device}) if host.name == name else host
