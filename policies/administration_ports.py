"""Which ports administer, and who is the Internet at large: one answer for specs and for resources."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Final

from orchestrator.model.catalogue import SecurityRule

PORTS: Final = {22: "SSH", 3389: "RDP"}
SHORTEST_PREFIX: Final = {4: 8, 6: 16}
"""By IP version: a network with a shorter prefix is the Internet at large (else two halves would pass)."""


def opened(rule: SecurityRule) -> list[str]:
    """The administration ports that a rule opens to the Internet at large, as `SSH (22)`."""
    if rule.direction != "ingress" or rule.protocol not in {None, "tcp", "udp"} or not _everybody(rule.peer):
        return []
    first, last = rule.port_min, rule.port_max
    return [
        f"{name} ({port})" for port, name in PORTS.items() if first is None or last is None or first <= port <= last
    ]


def _everybody(peer: str) -> bool:
    if "/" not in peer:
        return False
    network = ip_network(peer, strict=False)
    return network.prefixlen < SHORTEST_PREFIX[network.version]
