"""POL004 on resources: nobody on the Internet at large reaches an administration port."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from orchestrator.model.catalogue import SecurityRule
from policies.administration_ports import everybody, listed, opened
from policies.guardrails.guardrail import Declared, ResourceGuardrail

RULE: Final = "openstack:networking/secGroupRule:SecGroupRule"
_EVERYBODY: Final = {"IPv4": "0.0.0.0/0", "IPv6": "::/0"}


def _check(resource: Declared) -> Iterator[str]:
    if resource.kind != RULE:
        return
    rule = SecurityRule(
        direction=resource.text("direction"),
        protocol=resource.text("protocol") or None,
        port_min=_port(resource.inputs.get("portRangeMin")),
        port_max=_port(resource.inputs.get("portRangeMax")),
        peer=_peer(resource),
    )
    if everybody(rule.peer) and (services := opened(rule)):
        yield f"opens {listed(services)} to {rule.peer}; name the networks that administer"


def _peer(resource: Declared) -> str:
    """Without any peer Neutron takes everybody."""
    if "remoteGroupId" in resource.inputs or "remoteAddressGroupId" in resource.inputs:
        return "self"
    written = "remoteIpPrefix" in resource.inputs
    return resource.text("remoteIpPrefix") if written else _EVERYBODY.get(resource.text("ethertype"), "")


def _port(value: Any) -> int | None:
    """As a number; 0 means all of them to Neutron, as nothing does."""
    return int(value) or None if isinstance(value, int | float) else None


GUARDRAIL = ResourceGuardrail(
    name="open-administration",
    summary="No security group rule opens a port of administration to the Internet at large.",
    check=_check,
)
