"""Which ports administer, and who is the Internet at large: one answer for specs and for resources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_network
from typing import Final

from orchestrator.model.catalogue import SecurityRule

SHORTEST_PREFIX: Final = {4: 8, 6: 16}
"""By IP version: a network with a shorter prefix is the Internet at large (else two halves would pass)."""
HIGHEST_PORT: Final = 2**16 - 1
NAMED: Final = 4  # services named in a message; the rest is counted


@dataclass(frozen=True, slots=True)
class Service:
    """What listens there by IANA's list or its maker's documentation. `console`: it gives a person the machine."""

    name: str
    first: int
    last: int
    console: bool = False

    def __str__(self) -> str:
        ports = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.name} ({ports})"


SERVICES: Final = (
    Service("SSH", 22, 22, console=True),
    Service("Telnet", 23, 23, console=True),
    Service("RPC and WMI", 135, 135),
    Service("SNMP", 161, 161),
    Service("SMB", 445, 445),
    Service("IPMI of BMCs", 623, 623, console=True),
    Service("VMware ESXi", 902, 902),
    Service("SQL Server", 1433, 1434),
    Service("Oracle Database", 1521, 1521),
    Service("NFS", 2049, 2049),
    Service("Docker", 2375, 2376, console=True),
    Service("etcd", 2379, 2380),
    Service("MySQL", 3306, 3306),
    Service("RDP", 3389, 3389, console=True),
    Service("PostgreSQL", 5432, 5432),
    Service("VNC", 5900, 5999, console=True),
    Service("WinRM", 5985, 5986, console=True),
    Service("Redis", 6379, 6379),
    Service("Kubernetes", 6443, 6443, console=True),
    Service("Proxmox VE", 8006, 8006, console=True),
    Service("Elasticsearch", 9200, 9300),
    Service("Webmin", 10000, 10000, console=True),
    Service("kubelet", 10250, 10250, console=True),
    Service("memcached", 11211, 11211),
    Service("libvirt", 16509, 16514, console=True),
    Service("remote console of BMCs", 17988, 17990, console=True),
    Service("MongoDB", 27017, 27019),
)
"""The doors through which machines and their data are administered."""


def opened(rule: SecurityRule) -> list[Service]:
    """The services of the list that a rule lets in, whoever its peer is."""
    if rule.direction != "ingress" or rule.protocol not in {None, "tcp", "udp"}:
        return []
    ends = [port for port in (rule.port_min, rule.port_max) if port is not None] or [0, HIGHEST_PORT]
    return [service for service in SERVICES if service.first <= ends[-1] and service.last >= ends[0]]


@lru_cache(maxsize=4096)  # the same few peers in all security groups
def everybody(peer: str) -> bool:
    """Whether a rule's peer is the Internet at large."""
    if "/" not in peer:
        return False
    network = ip_network(peer, strict=False)
    return network.prefixlen < SHORTEST_PREFIX[network.version]


def listed(services: Iterable[Service]) -> str:
    """A few by name, the rest by number."""
    names = [str(service) for service in services]
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {rest} others" if rest > 0 else "")
