"""Programs that several suites carry out."""

from __future__ import annotations

import pulumi
import pulumi_openstack as openstack


def tenant() -> None:
    """Four objects that stand on each other; outputs in clear, secret and nested."""
    project = openstack.identity.Project("p", name="p1", description="d")
    user = openstack.identity.User("u", name="u1", password="s3cret-canary", default_project_id=project.id)
    network = openstack.networking.Network("n", name="n1", tenant_id=project.id)
    openstack.networking.Subnet("s", name="s1", network_id=network.id, cidr="10.0.0.0/24", ip_version=4)
    pulumi.export("pid", project.id)
    pulumi.export("password", user.password)
    pulumi.export("nested", {"list": [1, project.name, {"deep": True}]})


def three_in_a_row() -> None:
    """A project, a network in it, a subnet in that: what fails at one is not tried at the next."""
    project = openstack.identity.Project("p", name="p1")
    network = openstack.networking.Network("n", name="n1", tenant_id=project.id)
    openstack.networking.Subnet("s", name="s1", network_id=network.id, cidr="10.0.0.0/24", ip_version=4)
    pulumi.export("pid", project.id)
    pulumi.export("nid", network.id)


def user() -> None:
    """One object, whose password is an output too."""
    made = openstack.identity.User("u", name="u1", password="pw-canary")
    pulumi.export("password", made.password)
