"""The embedded cloud in the shape of a region: its compute hosts and volume back ends are those of the specs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from lab.cloud import Cloud
from lab.control_plane import OPTIONAL
from lab.environment import Environment, optional_environment
from lab.errors import BusyError, DiskFullError, LabError, PortTakenError
from lab.hosts.errors import RequirementError
from lab.shape import CloudShape, Hypervisor, VolumeBackend
from orchestrator.errors import MutualisError, PermanentFailure, TemporaryFailure, UsageError
from orchestrator.model.site import Host, HostRole
from orchestrator.model.specs import Specs

__all__ = ["OPTIONAL_SERVICES", "Cloud", "LabError", "cloud_of", "failure_of", "install", "shape_of"]

OPENSTACK_REGION = "RegionOne"
_HYPERVISOR = Hypervisor(name="stand-in", vcpus=1, memory_mb=512, local_gb=1)
_BACKEND = VolumeBackend(name="stand-in", capacity_gb=1)
"""Nova and Cinder do not start without one; no zone and no tier leads to them."""
OPTIONAL_SERVICES = tuple(service.name for service in OPTIONAL)


def install(cloud: Cloud, progress: Callable[[str], None]) -> None:
    """Install what the cloud needs of OpenStack into environments of its own, once per lock file. Raises LabError."""
    Environment().install(progress)
    if cloud.all_optional:
        optional_environment().install(progress)


def cloud_of(directory: Path, specs: Specs | None, port_base: int | None, optional: tuple[str, ...] = ()) -> Cloud:
    """The cloud of a directory; without specs in the shape that it remembers; with more services than it had."""
    if specs is None:
        return Cloud(directory=directory, port_base=port_base, optional=optional)
    shape, name = shape_of(specs), specs.region.cloud
    return Cloud(directory=directory, port_base=port_base, shape=shape, name=name, optional=optional)


def shape_of(specs: Specs) -> CloudShape:
    """Hosts with the compute role, storage pools summed over sites, physical networks of external networks.

    A region without hosts for servers, or without volumes, gets a stand-in of each.
    """
    capacity: dict[str, int] = defaultdict(int)
    for site in specs.sites.values():
        for pool in site.storage:
            capacity[pool.backend] += pool.capacity_gib
    ratios = specs.region.overcommit
    hypervisors = tuple(
        _hypervisor(host, ratios.vcpu, ratios.memory, ratios.storage)
        for host in specs.hosts.values()
        if HostRole.COMPUTE in host.roles
    )
    backends = tuple(VolumeBackend(name=name, capacity_gb=gib) for name, gib in sorted(capacity.items()))
    return CloudShape(
        region=OPENSTACK_REGION,
        hypervisors=hypervisors or (_HYPERVISOR,),
        volume_backends=backends or (_BACKEND,),
        physical_networks=tuple(sorted({network.physical_network for network in specs.region.external_networks})),
    )


def failure_of(error: LabError) -> MutualisError:
    """The lab's error by what to do next."""
    temporary = isinstance(error, BusyError | PortTakenError | DiskFullError)
    log = f" (log: {error.log})" if error.log else ""
    here = UsageError if isinstance(error, RequirementError) else PermanentFailure
    kind = TemporaryFailure if temporary else here
    return kind(f"{error.where}: {error.what}{log}", hint=error.what_to_do)


def _hypervisor(host: Host, cpu_ratio: float, memory_ratio: float, disk_ratio: float) -> Hypervisor:
    return Hypervisor(
        name=host.name,
        vcpus=host.threads,
        memory_mb=(host.memory_gib - host.reserved_memory_gib) * 1024,
        local_gb=host.disk_gib,
        cpu_ratio=cpu_ratio,
        memory_ratio=memory_ratio,
        disk_ratio=disk_ratio,
    )
