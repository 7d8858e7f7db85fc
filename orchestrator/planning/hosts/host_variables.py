"""What one host is told of itself."""

from __future__ import annotations

from typing import Any

from orchestrator.model.host_inventory import Variables
from orchestrator.model.installation import Installation
from orchestrator.model.interface import Interface, InterfaceUse
from orchestrator.model.site import Host

MIB_PER_GIB = 1024


def host_variables(host: Host, installation: Installation) -> Variables:
    """`ansible_*`: how it is reached; `mutualis_<use>_address`: its own address for a use, without it none."""
    addresses = {use.value: _address(host, use) for use in InterfaceUse}
    return {
        "ansible_host": addresses["management"],
        "ansible_port": installation.ssh.port,
        "ansible_user": installation.ssh.user,
        **{f"mutualis_{use}_address": address for use, address in addresses.items() if address},
        "mutualis_site": host.site,
        "mutualis_rack": host.rack,
        "mutualis_aggregate": host.aggregate,
        "mutualis_roles": [role.value for role in host.roles],
        "mutualis_hardening": host.hardening.value,
        "mutualis_os": host.os,
        "mutualis_maintenance": host.maintenance,
        "mutualis_reserved_memory_mib": host.reserved_memory_gib * MIB_PER_GIB,
        "mutualis_bmc_address": host.bmc_address,
        "mutualis_disks": [
            {"device": disk.device, "size_gib": disk.size_gib, "kind": disk.kind, "backend": disk.backend}
            for disk in host.disks
        ],
        "mutualis_nics": [{"name": nic.name, "mac": nic.mac} for nic in host.nics],
        "mutualis_interfaces": [_interface(one) for one in host.interfaces],
    }


def _address(host: Host, use: InterfaceUse) -> str:
    interface = host.interface_for(use)
    return str(interface.addresses[0].ip) if interface else ""


def _interface(interface: Interface) -> dict[str, Any]:
    """What is not written is left out: a template asks whether it is defined."""
    written: dict[str, Any] = {
        "name": interface.name,
        "bond": interface.bond and {"members": list(interface.bond.members), "mode": interface.bond.mode},
        "vlan": interface.vlan and {"parent": interface.vlan.parent, "id": interface.vlan.id},
        "mtu": interface.mtu,
        "addresses": [str(address) for address in interface.addresses],
        "gateway": interface.gateway and str(interface.gateway),
        "uses": [use.value for use in interface.uses],
        "physical_network": interface.physical_network,
    }
    return {name: value for name, value in written.items() if value}
