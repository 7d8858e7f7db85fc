"""POL004: nobody on the Internet at large reaches an administration port."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from typing import Final

from orchestrator.model.catalogue import SecurityPreset, SecurityRule
from orchestrator.model.finding import Path, Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.tenant import SecurityGroup
from policies.rule import Rule, living, tenant_ref

PORTS: Final = {22: "SSH", 3389: "RDP"}
SHORTEST_PREFIX: Final = {4: 8, 6: 16}
"""By IP version: a network with a shorter prefix is the Internet at large (else two halves would pass)."""


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        for index, group in enumerate(tenant.security_groups):
            for path, rule in _rules(group, subject.specs.catalogue.presets):
                opened = _opened(rule)
                if opened:
                    message = f"security group '{group.name}' opens {', '.join(opened)} to {rule.peer}"
                    at: Path = ("spec", "securityGroups", index, *path)
                    yield Violation(object=tenant_ref(tenant), path=at, message=message)


def _rules(group: SecurityGroup, presets: Mapping[str, SecurityPreset]) -> Iterator[tuple[Path, SecurityRule]]:
    for index, name in enumerate(group.presets):
        for rule in presets[name].rules:
            yield ("presets", index), rule
    for index, rule in enumerate(group.rules):
        yield ("rules", index, "peer"), rule


def _opened(rule: SecurityRule) -> list[str]:
    if rule.direction != "ingress" or rule.protocol not in {None, "tcp", "udp"} or not _everybody(rule.peer):
        return []
    first, last = rule.port_min, rule.port_max
    return [
        f"{name} ({port})" for port, name in PORTS.items() if first is None or last is None or first <= port <= last
    ]


def _everybody(peer: str) -> bool:
    if "/" not in peer:
        return False
    network = ip_network(peer)
    return network.prefixlen < SHORTEST_PREFIX[network.version]


RULE = Rule(
    code="POL004",
    name="open-administration",
    severity=Severity.ERROR,
    summary="No security group opens SSH (22) or RDP (3389) to the Internet at large.",
    hint="name the networks that administer, or go through a VPN or a bastion",
    reference="ANSSI, Recommandations relatives à l'administration sécurisée des systèmes d'information",
    check=_check,
)
