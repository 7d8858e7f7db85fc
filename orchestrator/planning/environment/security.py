"""Security groups flattened to rules as Neutron wants them.

Neutron puts two rules into a new group that let everything out. They are deleted there and written here, so that a
group is what its spec says: a group with egress rules of its own lets out these, one without lets out everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from typing import Final

from orchestrator.errors import SpecError
from orchestrator.model.catalogue import SecurityPreset, SecurityRule
from orchestrator.model.environment import RuleEnvironment, SecurityGroupEnvironment
from orchestrator.model.tenant import SecurityGroup

SELF: Final = "self"
_EVERYTHING_OUT: Final = (
    RuleEnvironment(direction="egress", ethertype="IPv4", protocol="", cidr="0.0.0.0/0"),
    RuleEnvironment(direction="egress", ethertype="IPv6", protocol="", cidr="::/0"),
)


def security_group_environment(
    presets: Mapping[str, SecurityPreset], group: SecurityGroup, neighbours: frozenset[str]
) -> SecurityGroupEnvironment:
    """`neighbours`: names of the project's groups, which rules may name as peer. The first of equal rules stays."""
    written = [rule for name in group.presets for rule in presets[name].rules] + list(group.rules)
    rules = [_rule(group.name, rule, neighbours) for rule in written]
    if all(rule.direction != "egress" for rule in rules):
        rules += _EVERYTHING_OUT
    return SecurityGroupEnvironment(name=group.name, description=group.description, rules=tuple(_once(rules)))


def _once(rules: list[RuleEnvironment]) -> Iterator[RuleEnvironment]:
    seen = set()
    for rule in rules:
        if rule.identity not in seen:
            seen.add(rule.identity)
            yield rule


def _rule(group: str, rule: SecurityRule, neighbours: frozenset[str]) -> RuleEnvironment:
    cidr, peer = _peer(group, rule.peer, neighbours)
    ethertype = "IPv6" if ":" in cidr else "IPv4"
    low = rule.port_max if rule.port_min is None else rule.port_min
    high = rule.port_min if rule.port_max is None else rule.port_max
    return RuleEnvironment(
        direction=rule.direction,
        ethertype=ethertype,
        protocol=_protocol(rule.protocol, ethertype),
        port_min=low,
        port_max=high,
        cidr=cidr,
        group=peer,
        description=rule.description,
    )


def _peer(group: str, peer: str, neighbours: frozenset[str]) -> tuple[str, str]:
    """(CIDR, group): one of them is empty."""
    if peer == SELF:
        return "", group
    if peer in neighbours:
        return "", peer
    try:
        return str(ip_network(peer, strict=False)), ""
    except ValueError as err:
        raise SpecError(
            f"security group {group}: peer {peer} is no network and no security group of its project",
            hint="write a CIDR, `self`, or the name of a group",
        ) from err


def _protocol(protocol: str | None, ethertype: str) -> str:
    """Neutron calls IPv6's control messages by another name."""
    given = (protocol or "").lower()
    return "ipv6-icmp" if given == "icmp" and ethertype == "IPv6" else given
