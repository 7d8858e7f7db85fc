"""Ansible's inventory, computed from Region, Site and Host specs."""

from __future__ import annotations

from orchestrator.errors import SpecError
from orchestrator.model.host_inventory import HostEntry, HostInventory
from orchestrator.model.installation import Installation
from orchestrator.model.site import Host
from orchestrator.model.specs import Specs
from orchestrator.planning.hosts.groups import groups_of
from orchestrator.planning.hosts.host_variables import host_variables
from orchestrator.planning.hosts.region_variables import region_variables


def host_inventory(specs: Specs) -> HostInventory:
    """Every host of the region. Raises SpecError when the Region has no `installation`: then nobody may set them up."""
    installation = specs.region.installation
    if installation is None:
        raise SpecError(
            f"region {specs.region.name} is not installed by its specs",
            hint="write spec.installation in the Region, and interfaces in the Hosts: docs/hosts.md",
        )
    hosts = (specs.hosts[name] for name in sorted(specs.hosts))
    return HostInventory(
        region=specs.region.name,
        variables=region_variables(specs, installation),
        hosts=tuple(_entry(host, installation) for host in hosts),
    )


def _entry(host: Host, installation: Installation) -> HostEntry:
    variables = host_variables(host, installation)
    return HostEntry(name=host.name, address=variables["ansible_host"], groups=groups_of(host), variables=variables)
