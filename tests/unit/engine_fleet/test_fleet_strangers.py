"""What stands in a stack's project and nobody has recorded is told once, with what holds it; others' things are not."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from answering_cloud import Cloud

from orchestrator.engine.fleet.lists import Lists
from orchestrator.engine.fleet.results import ResourceDrift, StackDrift, Stranger, Verdict
from orchestrator.engine.fleet.strangers import strangers_in

TOKENS = {
    "project": "openstack:identity/project:Project",
    "group": "openstack:networking/secGroup:SecGroup",
    "rule": "openstack:networking/secGroupRule:SecGroupRule",
    "network": "openstack:networking/network:Network",
    "opening": "openstack:networking/rbacPolicyV2:RbacPolicyV2",
    "server": "openstack:compute/instance:Instance",
    "assignment": "openstack:identity/roleAssignment:RoleAssignment",
}
EMPTY: dict[str, dict[str, list[Any]]] = {
    "volumes/detail": {"volumes": []},
    "os-server-groups": {"server_groups": []},
    "servers/detail": {"servers": []},
    "images": {"images": []},
    "floatingips": {"floatingips": []},
    "networks": {"networks": []},
    "ports": {"ports": []},
    "routers": {"routers": []},
    "security-groups": {"security_groups": []},
    "subnets": {"subnets": []},
    "role_assignments": {"role_assignments": []},
    "rbac-policies": {"rbac_policies": []},
}


def stack(**resources: str) -> StackDrift:
    """`resources`: word -> id; one of each at most."""
    return StackDrift(
        stack="caen",
        resources=tuple(
            ResourceDrift(urn=f"urn:{word}", type=TOKENS[word], id=id_, verdict=Verdict.SAME)
            for word, id_ in resources.items()
        ),
    )


def found(*recorded: StackDrift, **lists: list[Any]) -> tuple[tuple[Stranger, ...], tuple[str, ...]]:
    names = {
        "servers": "servers/detail", "security_groups": "security-groups", "rbac_policies": "rbac-policies"
    }  # fmt: skip
    answers = {**EMPTY, **{names.get(name, name): {name: entries} for name, entries in lists.items()}}
    return strangers_in([Lists(Cloud(**answers), Event())], recorded)


def rule(id_: str, group: str, project: str) -> dict[str, Any]:
    return {
        "id": id_, "security_group_id": group, "project_id": project, "direction": "ingress", "ethertype": "IPv4",
        "protocol": "tcp", "port_range_min": 22, "port_range_max": 22, "remote_ip_prefix": "0.0.0.0/0",
    }  # fmt: skip


def test_an_object_in_a_recorded_project_is_a_stranger() -> None:
    """One that is recorded is none, nor is one of another project."""
    servers = [{"id": one, "name": f"n{one}", "tenant_id": project} for one, project in zip("abc", "ppq", strict=True)]
    strangers, _ = found(stack(project="p", server="a"), servers=servers)
    assert [(one.stack, one.name, one.within) for one in strangers] == [("caen", "nb", "")]


def test_a_rule_is_told_by_its_group_whoever_made_it() -> None:
    """An administrator's token puts his own project on it; rules of a stranger's group are a part of that."""
    rules = [rule("r1", "g", "p"), rule("r2", "g", "z")]
    groups = [
        {"id": "g", "name": "web", "project_id": "p", "security_group_rules": rules},
        {"id": "h", "name": "own", "project_id": "p", "security_group_rules": [rule("r3", "h", "p")]},
    ]  # fmt: skip
    strangers, _ = found(stack(project="p", group="g", rule="r1"), security_groups=groups)
    assert [(one.name, one.within) for one in strangers] == [
        ("own", ""),
        ("ingress,IPv4,tcp,22-22,0.0.0.0/0", "urn:group"),
    ]


def test_what_neutron_makes_is_no_stranger() -> None:
    """Each project's default group; ports of routers and DHCP."""
    ports = [{"id": "1", "name": "", "project_id": "p", "device_owner": "network:dhcp"}]
    groups = [{"id": "d", "name": "default", "project_id": "p", "security_group_rules": [rule("r", "d", "p")]}]
    assert found(stack(project="p"), ports=ports, security_groups=groups) == ((), ())


def test_a_role_is_told_by_who_has_it() -> None:
    """With the identity that the engine gives such an assignment, so that it can be taken away."""
    given = {"role": {"id": "r"}, "user": {"id": "u"}, "scope": {"project": {"id": "p"}}}
    strangers, _ = found(stack(project="p"), role_assignments=[given])
    assert [(one.id, one.within) for one in strangers] == [("/p//u/r", "urn:project")]


def opening(id_: str, network: str, project: str, target: str = "t") -> dict[str, Any]:
    return {
        "id": id_, "object_type": "network", "object_id": network, "action": "access_as_shared", "project_id": project,
        "target_tenant": target,
    }  # fmt: skip


def test_a_network_that_its_project_opens_is_told_by_the_network() -> None:
    """Ours are the deploying project's, and stacks that record them may not be looked at; `*` is told by `shared`."""
    openings = [
        opening("1", "n", "p"),
        opening("2", "n", "deploying"),
        opening("3", "n", "p", "*"),
        opening("4", "own", "p"),
        opening("5", "n", "p"),
    ]
    strangers, _ = found(stack(project="p", network="n", opening="5"), rbac_policies=openings)
    assert [(one.stack, one.id, one.name, one.within) for one in strangers] == [
        ("caen", "1", "access_as_shared for project t", "urn:network"),
        ("caen", "4", "access_as_shared for project t", ""),
    ]


def test_who_opens_a_network_for_a_project_of_its_own_lets_nobody_in() -> None:
    """It stands in the stack's project, and is no part of the network that could be drift."""
    projects = (("p", "main"), ("q", "tests"))
    resources = [
        ResourceDrift(urn=f"urn:{name}", type=TOKENS["project"], id=id_, verdict=Verdict.SAME) for id_, name in projects
    ]
    network = ResourceDrift(urn="urn:network", type=TOKENS["network"], id="n", verdict=Verdict.SAME)
    other = replace(stack(project="z"), stack="dieppe")
    openings = [opening("1", "n", "p", "q"), opening("2", "n", "p", "z")]
    caen = StackDrift(stack="caen", resources=(*resources, network))
    strangers, _ = found(caen, other, rbac_policies=openings)
    assert [(one.stack, one.id, one.within) for one in strangers] == [("caen", "1", ""), ("caen", "2", "urn:network")]


@pytest.mark.parametrize("status", [403, 404])
def test_a_list_that_cannot_be_read_is_told(status: int) -> None:
    """Its strangers are not known; the others are."""
    answers: dict[str, Any] = {**EMPTY, "ports": status}
    _, unlisted = strangers_in([Lists(Cloud(**answers), Event())], [stack(project="p")])
    assert len(unlisted) == 1
    assert unlisted[0].startswith("network ports: ")
