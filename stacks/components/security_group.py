"""A security group and its rules. Groups come first, all of them: a rule may name any group of its project."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi_openstack as openstack

from orchestrator.model.environment import RuleEnvironment, SecurityGroupEnvironment
from stacks.components.place import Place

SecurityGroups = Mapping[str, openstack.networking.SecGroup]


def security_group(place: Place, environment: SecurityGroupEnvironment) -> openstack.networking.SecGroup:
    """Without the two rules that Neutron adds of itself: what a group lets out is written like the rest."""
    return openstack.networking.SecGroup(
        place.name(environment.name),
        name=environment.name,
        description=environment.description,
        delete_default_rules=True,
        opts=place.options(),
    )


def rule(place: Place, group: str, environment: RuleEnvironment, groups: SecurityGroups) -> None:
    """Its logical name is its content, so that adding one touches no other."""
    openstack.networking.SecGroupRule(
        place.name(group, environment.identity),
        security_group_id=groups[group].id,
        direction=environment.direction,
        ethertype=environment.ethertype,
        protocol=environment.protocol or None,
        port_range_min=environment.port_min,
        port_range_max=environment.port_max,
        remote_ip_prefix=environment.cidr or None,
        remote_group_id=groups[environment.group].id if environment.group else None,
        description=environment.description,
        # Neutron refuses a rule equal to one that is there, and the description does not make it another
        opts=place.options(delete_first=True),
    )
