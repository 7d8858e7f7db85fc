"""Nova's fake hypervisor with the size that the cloud's shape gives it, and with a memory.

The fake forgets its servers when the process ends; this one takes over those that Nova's database knows.
"""

import functools
import uuid
from collections.abc import Callable
from typing import Any

import os_resource_classes as resource_classes
from nova.compute import power_state, vm_states
from nova.conf import CONF
from nova.virt import fake

from lab.shape_file import current_shape

_ON_DISK = frozenset(
    {
        vm_states.ACTIVE,
        vm_states.ERROR,
        vm_states.PAUSED,
        vm_states.RESIZED,
        vm_states.STOPPED,
        vm_states.SUSPENDED,
    }
)


def _node_id(name: str) -> str:
    """Return the same id at every start: Nova takes a changed one for a renamed host and refuses to start."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{name}.mutualis-lab"))


class SizedDriver(fake.FakeLiveMigrateDriver):
    def __init__(self, virtapi: Any, read_only: bool = False) -> None:  # noqa: FBT001, FBT002 Nova calls it so
        self._shape = next(host for host in current_shape().hypervisors if host.name == CONF.host)
        self.vcpus = self._shape.vcpus
        self.memory_mb = self._shape.memory_mb
        self.local_gb = self._shape.local_gb
        super().__init__(virtapi, read_only)

    def get_nodenames_by_uuid(self, refresh: bool = False) -> dict[str, str]:  # noqa: FBT001, FBT002 Nova calls it so
        return {_node_id(name): name for name in self.get_available_nodes(refresh)}

    def get_available_resource(self, nodename: str) -> dict[str, Any]:
        return {**super().get_available_resource(nodename), "uuid": _node_id(nodename)}

    def _get_allocation_ratios(self, inventory: dict[str, Any]) -> dict[str, float]:
        """Give a new inventory the shape's ratios; one that Placement has keeps what its operator set there."""
        ratios = super()._get_allocation_ratios(inventory)
        initial = {
            resource_classes.VCPU: self._shape.cpu_ratio,
            resource_classes.MEMORY_MB: self._shape.memory_ratio,
            resource_classes.DISK_GB: self._shape.disk_ratio,
        }
        return ratios | {name: ratio for name, ratio in initial.items() if ratio and name not in inventory}

    def detach_interface(self, _context: Any, _instance: Any, vif: dict[str, Any]) -> None:
        self._interfaces.pop(vif["id"], None)  # the fake fails for a port attached before a restart

    def adopt(self, instance: Any) -> None:
        """Know a server that was started before this process was."""
        if instance.uuid not in self.instances and instance.vm_state in _ON_DISK:
            stopped = instance.vm_state == vm_states.STOPPED
            state = power_state.SHUTDOWN if stopped else power_state.RUNNING
            self.instances[instance.uuid] = fake.FakeInstance(instance.name, state, instance.uuid)
            self.resources.claim(instance.flavor.vcpus, instance.flavor.memory_mb, instance.flavor.root_gb)


def _adopting(inherited: Callable[..., Any]) -> Callable[..., Any]:
    """Let an operation adopt the server that it is called for, which is its first argument or the one after context."""

    @functools.wraps(inherited)
    def operation(self: SizedDriver, *args: Any, **kwargs: Any) -> Any:
        self.adopt(kwargs.get("instance") or next(value for value in args if hasattr(value, "vm_state")))
        return inherited(self, *args, **kwargs)

    return operation


for _operation in ("get_info", "power_off", "power_on", "snapshot", "destroy", "unrescue"):
    setattr(SizedDriver, _operation, _adopting(getattr(SizedDriver, _operation)))
