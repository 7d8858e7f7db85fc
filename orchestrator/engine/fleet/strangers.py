"""What stands in the stacks' projects, or within their objects, and is recorded by none of them.

Ports of routers, DHCP and floating IPs belong to those; each project's security group `default` is Neutron's.
Who else may use a network counts where a project of the stacks says so: what stacks open is the deploying project's,
and may be recorded by a stack that is not looked at. An opening for another project of the network's own stack lets
nobody in, and is no part of the network.
A stranger's own parts (the rules of its security group) are not told one by one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from orchestrator.engine.fleet.listing import ROLE_ASSIGNMENTS, SECURITY_GROUPS, Place
from orchestrator.engine.fleet.lists import Lists, NotListed
from orchestrator.engine.fleet.results import ResourceDrift, StackDrift, Stranger
from orchestrator.engine.provider import ProviderError

PROJECT: Final = "openstack:identity/project:Project"
_GROUP: Final = SECURITY_GROUPS
_RULE: Final = ("network", "security-group-rules")  # not a list of its own: groups come with their rules
_PORT: Final = ("network", "ports")
_NETWORK: Final = ("network", "networks")
_OPENING: Final = ("network", "rbac-policies")
_EVERYBODY: Final = "*"
_KINDS: Final[Mapping[Place, tuple[str, str]]] = {  # the list -> type token, where an entry names its project
    ("block-storage", "volumes"): ("openstack:blockstorage/volume:Volume", "os-vol-tenant-attr:tenant_id"),
    ("compute", "os-server-groups"): ("openstack:compute/serverGroup:ServerGroup", "project_id"),
    ("compute", "servers"): ("openstack:compute/instance:Instance", "tenant_id"),
    ("image", "images"): ("openstack:images/image:Image", "owner"),
    ("network", "floatingips"): ("openstack:networking/floatingIp:FloatingIp", "project_id"),
    _NETWORK: ("openstack:networking/network:Network", "project_id"),
    _PORT: ("openstack:networking/port:Port", "project_id"),
    _OPENING: ("openstack:networking/rbacPolicyV2:RbacPolicyV2", "project_id"),
    ("network", "routers"): ("openstack:networking/router:Router", "project_id"),
    _GROUP: ("openstack:networking/secGroup:SecGroup", "project_id"),
    _RULE: ("openstack:networking/secGroupRule:SecGroupRule", ""),
    ("network", "subnets"): ("openstack:networking/subnet:Subnet", "project_id"),
    ROLE_ASSIGNMENTS: ("openstack:identity/roleAssignment:RoleAssignment", ""),
}
STRANGERS: Final = frozenset(_KINDS) - {_RULE}
"""The lists that are looked into."""


def strangers_in(lists: Sequence[Lists], stacks: Sequence[StackDrift]) -> tuple[tuple[Stranger, ...], tuple[str, ...]]:
    """Sorted; and the lists that could not be read, each with the cause."""
    recorded = _Recorded.of(stacks)
    found: set[Stranger] = set()
    unlisted: list[str] = []
    for place in sorted(_KINDS):
        for view in lists:
            try:
                entries = _entries(view, place)
                found |= set(_rules_in(entries, recorded) if place == _RULE else _in_list(place, entries, recorded))
            except (NotListed, ProviderError) as error:
                unlisted.append(f"{place[0]} {place[1]}: {error.__cause__ or error}")
    return tuple(sorted(found, key=lambda one: (one.stack, one.kind, one.name, one.id))), tuple(unlisted)


def _entries(view: Lists, place: Place) -> Iterator[Any]:
    if place != _RULE:
        return map(json.loads, view.shelf(place).all())
    groups = map(json.loads, view.shelf(_GROUP).all())
    return (rule for group in groups for rule in group.get("security_group_rules") or ())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recorded:
    """`projects`, `groups` (of security), `networks`: id -> stack and URN; `objects`: types and ids."""

    projects: Mapping[str, tuple[str, str]]
    groups: Mapping[str, tuple[str, str]]
    networks: Mapping[str, tuple[str, str]]
    objects: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, stacks: Iterable[StackDrift]) -> _Recorded:
        pairs: list[tuple[str, ResourceDrift]] = [(one.stack, resource) for one in stacks for resource in one.resources]
        projects, groups, networks = (
            {found.id: (stack, found.urn) for stack, found in pairs if found.type == kind}
            for kind in (PROJECT, _KINDS[_GROUP][0], _KINDS[_NETWORK][0])
        )
        return cls(
            projects=projects,
            groups=groups,
            networks=networks,
            objects=frozenset((found.type, found.id) for _, found in pairs),
        )


def _in_list(place: Place, entries: Iterable[Any], recorded: _Recorded) -> Iterator[Stranger]:
    kind, owner = _KINDS[place]
    for entry in entries:
        project = _assigned_project(entry) if place == ROLE_ASSIGNMENTS else str(entry.get(owner) or "")
        identity = _assignment(entry) if place == ROLE_ASSIGNMENTS else str(entry["id"])
        if project not in recorded.projects or (kind, identity) in recorded.objects or _is_not_told(place, entry):
            continue
        stack, urn = recorded.projects[project]
        within = urn if place == ROLE_ASSIGNMENTS else ""
        if place == _OPENING:
            stack, within = recorded.networks.get(entry["object_id"], (stack, ""))
            within = "" if _is_within(stack, entry, recorded) else within
        yield Stranger(stack=stack, kind=kind, id=identity, name=_name(place, entry), within=within)


def _rules_in(entries: Iterable[Any], recorded: _Recorded) -> Iterator[Stranger]:
    """Of recorded groups, whoever's project a rule says it is in: an administrator's own, where he made it."""
    kind = _KINDS[_RULE][0]
    for entry in entries:
        stack, urn = recorded.groups.get(entry["security_group_id"], ("", ""))
        if urn and (kind, entry["id"]) not in recorded.objects:
            yield Stranger(stack=stack, kind=kind, id=entry["id"], name=_name(_RULE, entry), within=urn)


def _is_not_told(place: Place, entry: Mapping[str, Any]) -> bool:
    if place == _PORT:
        return str(entry.get("device_owner") or "").startswith("network:")
    if place == _OPENING:  # what is open for everybody says so itself
        return str(entry["target_tenant"]) == _EVERYBODY
    return place == _GROUP and entry.get("name") == "default"


def _is_within(stack: str, opening: Mapping[str, Any], recorded: _Recorded) -> bool:
    """Whether it lets in nobody but another project of the network's own stack."""
    return recorded.projects.get(str(opening["target_tenant"]), ("", ""))[0] == stack


def _assigned_project(entry: Mapping[str, Any]) -> str:
    return str(entry.get("scope", {}).get("project", {}).get("id") or "")


def _assignment(entry: Mapping[str, Any]) -> str:
    """As the type's ids are made: domain, project, group, user and role."""
    group, user = (str(entry.get(who, {}).get("id") or "") for who in ("group", "user"))
    return "/".join(("", _assigned_project(entry), group, user, str(entry["role"]["id"])))


def _name(place: Place, entry: Mapping[str, Any]) -> str:
    if place == ROLE_ASSIGNMENTS:
        who = "group" if entry.get("group") else "user"
        return f"role {entry['role']['id']} of {who} {entry.get(who, {}).get('id')}"
    if place == _OPENING:
        return f"{entry['action']} for project {entry['target_tenant']}"
    if place == _RULE:
        ports = f"{entry['port_range_min']}-{entry['port_range_max']}" if entry.get("port_range_min") else "all"
        peer = entry.get("remote_ip_prefix") or entry.get("remote_group_id") or "any"
        return ",".join((entry["direction"], entry["ethertype"], str(entry.get("protocol") or "any"), ports, str(peer)))
    return str(entry.get("name") or entry.get("floating_ip_address") or entry["id"])
