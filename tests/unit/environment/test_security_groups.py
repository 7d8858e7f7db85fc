"""Presets and rules flattened into what Neutron wants."""

import pytest

from orchestrator.errors import SpecError
from orchestrator.model.catalogue import SecurityPreset, SecurityRule
from orchestrator.model.environment import RuleEnvironment
from orchestrator.model.tenant import SecurityGroup
from orchestrator.planning.environment.security import security_group_environment

SSH = SecurityRule(direction="ingress", protocol="tcp", port_min=22, port_max=22, description="admin")
PRESETS = {"ssh": SecurityPreset(name="ssh", rules=(SSH,)), "again": SecurityPreset(name="again", rules=(SSH,))}


def rules(*own: SecurityRule, presets: tuple[str, ...] = ()) -> list[RuleEnvironment]:
    group = SecurityGroup(name="web", project="p", presets=presets, rules=own)
    return list(security_group_environment(PRESETS, group, frozenset({"web", "db"})).rules)


def ingress(peer: str, protocol: str | None = "tcp") -> RuleEnvironment:
    return rules(SecurityRule(direction="ingress", protocol=protocol, peer=peer))[0]


def test_equal_rules_stand_once() -> None:
    """Neutron would refuse the second; another description does not make it another rule."""
    other = SecurityRule(direction="ingress", protocol="TCP", port_min=22, port_max=22, description="other words")
    found = rules(other, SSH, presets=("ssh", "again"))
    assert [(rule.identity, rule.description) for rule in found if rule.direction == "ingress"] == [
        ("ingress,IPv4,tcp,22-22,0.0.0.0/0", "admin")
    ]


def test_a_group_without_egress_rules_lets_everything_out() -> None:
    """As OpenStack does, but written down, for both families."""
    out = [(rule.ethertype, rule.protocol, rule.cidr) for rule in rules(SSH) if rule.direction == "egress"]
    assert out == [("IPv4", "", "0.0.0.0/0"), ("IPv6", "", "::/0")]


def test_a_group_with_egress_rules_lets_out_these_only() -> None:
    """The first one closes the rest."""
    dns = SecurityRule(direction="egress", protocol="udp", port_min=53, port_max=53)
    assert [rule.identity for rule in rules(dns)] == ["egress,IPv4,udp,53-53,0.0.0.0/0"]


def test_a_peer_is_a_network_the_group_itself_or_a_neighbour() -> None:
    """Networks are normalised, and their family decides the rule's."""
    assert (ingress("self").group, ingress("db").group) == ("web", "db")
    assert ingress("198.51.100.7/24").cidr == "198.51.100.0/24"
    v6 = ingress("2001:DB8::/32", "icmp")
    assert (v6.cidr, v6.ethertype, v6.protocol) == ("2001:db8::/32", "IPv6", "ipv6-icmp")


def test_an_identity_can_stand_in_a_urn() -> None:
    """Two colons separate its parts."""
    assert "::" not in ingress("2001:db8::/32").identity


def test_one_port_is_a_range_of_one() -> None:
    """Neutron wants both ends or none."""
    rule = rules(SecurityRule(direction="ingress", protocol="tcp", port_min=80))[0]
    assert (rule.port_min, rule.port_max) == (80, 80)


def test_an_unknown_peer_is_a_spec_error() -> None:
    """It names the group and the peer, and what may stand there."""
    with pytest.raises(SpecError, match="security group web: peer mail is no network and no security group") as caught:
        ingress("mail")
    assert "CIDR" in caught.value.hint
