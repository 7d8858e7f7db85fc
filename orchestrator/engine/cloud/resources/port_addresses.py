"""Addresses of a port that change while a floating IP leads to one of them.

Neutron refuses to take such an address away. So the port has old and new ones for a moment, the floating IP is led
to a new one, and then the old ones go: it never leads nowhere, and a run that was broken off can be done again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orchestrator.engine.cloud.handler import Action

Address = dict[str, Any]


def released(action: Action, id_: str, wanted: Sequence[Address]) -> list[Address]:
    """The addresses to give the port once no floating IP leads to another. `wanted`: as Neutron takes them."""
    held = action.service().all("floatingips", "floatingips", port_id=id_)
    if not held:
        return list(wanted)
    port = action.service().get(f"ports/{id_}")["port"]
    used = {one["fixed_ip_address"] for one in held}
    leaving = [address for address in _leaving(port["fixed_ips"], wanted) if address["ip_address"] in used]
    if not leaving:
        return list(wanted)
    body = {"port": {"fixed_ips": [*leaving, *wanted]}}
    both = action.service().put(f"ports/{id_}", body)["port"]["fixed_ips"]
    staying = [address for address in both if address not in leaving]
    for one in held:
        gone = next((address for address in leaving if address["ip_address"] == one["fixed_ip_address"]), None)
        if gone is not None:
            _lead(action, id_, one, _successor(gone, staying, one))
    return staying


def _leaving(present: Sequence[Address], wanted: Sequence[Address]) -> list[Address]:
    """What of the present is not wanted any more. A subnet alone asks for any address: one that is there stays."""
    left = list(present)
    for one in sorted(wanted, key=lambda address: "ip_address" not in address):
        match = next((address for address in left if one.items() <= address.items()), None)
        if match is not None:
            left.remove(match)
    return left


def _successor(gone: Address, staying: Sequence[Address], floating_ip: Address) -> str:
    """The IPv4 address that takes the other's place: of the same subnet, if there is one."""
    candidates = [address for address in staying if ":" not in address["ip_address"]]
    near = [address for address in candidates if address["subnet_id"] == gone["subnet_id"]]
    if not candidates:
        raise ProviderError(
            f"the port would have no IPv4 address left for floating IP {floating_ip['floating_ip_address']}, "
            f"which leads to {gone['ip_address']}: lead it elsewhere first"
        )
    return str((near or candidates)[0]["ip_address"])


def _lead(action: Action, port: str, floating_ip: Address, address: str) -> None:
    body = {"floatingip": {"port_id": port, "fixed_ip_address": address}}
    action.service().put(f"floatingips/{floating_ip['id']}", body)
