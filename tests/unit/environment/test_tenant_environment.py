"""A tenant resolved: zones, gateways, projects, access, addresses."""

from dataclasses import replace
from ipaddress import IPv4Address
from typing import Any

import pytest
from example_region import example_specs, example_tenant

from orchestrator.errors import SpecError
from orchestrator.model.environment import ContainerEnvironment, ProjectEnvironment, RoleGrant, TenantEnvironment
from orchestrator.model.object_storage import ObjectContainer
from orchestrator.model.region import VolumeZones
from orchestrator.model.tenant import DesktopPool, FloatingIp, Project, TenantState
from orchestrator.planning.environment import tenant_environment
from orchestrator.planning.environment.flavor import flavor_id


def environment(**tenant: Any) -> TenantEnvironment:
    return tenant_environment(example_specs(**tenant), "saintes")


def main(**tenant: Any) -> ProjectEnvironment:
    return environment(**tenant).projects[0]


def test_the_main_project_has_the_tenants_name_and_further_ones_theirs_behind_it() -> None:
    """The keys are the identities within the tenant."""
    assert [(one.key, one.name) for one in environment().projects] == [("main", "saintes"), ("test", "saintes-test")]
    assert main().tags == ("mutualis", "tenant=saintes")


def test_what_names_no_project_lives_in_the_main_one() -> None:
    """An empty project and the tenant's name mean the same."""
    unplaced = tuple(replace(one, project="") for one in example_tenant().volumes)
    assert tuple(one.volume for one in main(volumes=unplaced).volumes) == unplaced
    assert [network.name for network in environment().projects[1].networks] == ["lab"]


@pytest.mark.parametrize("name", ["main", "saintes", "test"])
def test_a_further_project_may_not_take_a_name_that_is_taken(name: str) -> None:
    """Two projects of one key would be one."""
    with pytest.raises(SpecError, match=f"a further project may not be called {name}"):
        environment(projects=(Project(name="test"), Project(name=name)))


def test_a_server_stands_in_its_site_or_the_tenants() -> None:
    """The site is the availability zone; the flavor's id is known without asking."""
    servers = {one.server.name: one for one in main().servers}
    assert (servers["web1"].zone, servers["db1"].zone) == ("west", "east")
    assert servers["web1"].flavor_id == flavor_id(example_specs().catalogue.flavors["small"])


def test_a_volume_stands_at_the_site_of_its_server() -> None:
    """Its root volume, too; one that is attached to nothing stands at the tenant's; no zone where storage has none."""
    loose = replace(example_tenant().volumes[0], name="loose", attach_to="")
    specs = example_specs(volumes=(*example_tenant().volumes, loose))
    for zones, expected in ((VolumeZones.SITES, ("east", "east", "west")), (VolumeZones.NONE, ("", "", ""))):
        region = replace(specs.region, volume_zones=zones)
        built = tenant_environment(replace(specs, region=region), "saintes").projects[0]
        by_name = {one.volume.name: one.zone for one in built.volumes}
        root = next(one.volume_zone for one in built.servers if one.server.name == "db1")
        assert (root, by_name["data"], by_name["loose"]) == expected


def test_a_desktop_pool_becomes_servers_of_its_project() -> None:
    """Each with its own name; everything else is the same."""
    pool = DesktopPool(name="desk", project="test", count=3, flavor="small", image="debian-13", network="lab")
    tenant = environment(desktop_pools=(pool,))
    desks = tenant.projects[1].servers
    assert [one.server.name for one in desks] == ["desk-01", "desk-02", "desk-03"]
    assert {(one.zone, one.server.networks[0].network) for one in desks} == {("west", "lab")}
    assert len(tenant.projects[0].servers) == len(example_tenant().servers)


def test_an_object_container_stands_in_its_project() -> None:
    """As servers do."""
    container = ObjectContainer(name="scans", project="test", tier="objects", size_gib=5)
    assert [one.object_containers for one in environment(object_containers=(container,)).projects] == [
        (),
        (ContainerEnvironment(container=container),),
    ]


def test_a_suspended_tenants_servers_are_shut_off() -> None:
    """And an active one's run."""
    assert {one.power_state for one in main().servers} == {"active"}
    assert {one.power_state for one in main(state=TenantState.SUSPENDED).servers} == {"shutoff"}


def test_networks_that_reach_out_have_a_gateway_and_a_router() -> None:
    """The first address, and the region's first external network where none is named."""
    front, back = main().networks
    assert (front.gateway, front.external) == (IPv4Address("10.1.0.1"), "internet")
    assert (back.gateway, back.external) == (None, "")
    assert main().routers == ("internet",)


def test_without_an_external_network_only_isolated_networks_are_possible() -> None:
    """The message says which network, the hint both ways out."""
    specs = example_specs()
    bare = replace(specs, region=replace(specs.region, external_networks=()))
    with pytest.raises(SpecError, match="network front reaches out, but region demo has no external network"):
        tenant_environment(bare, "saintes")


def test_a_floating_ip_stands_for_the_servers_public_port() -> None:
    """Its external network is the one that the port's network reaches."""
    (address,) = main().floating_ips
    assert (address.server, address.network, address.external) == ("web1", "front", "internet")


@pytest.mark.parametrize(
    "address", [FloatingIp(name="f", server="db1"), FloatingIp(name="f", server="web1", external="x")]
)
def test_a_floating_ip_without_a_public_port_is_a_spec_error(address: FloatingIp) -> None:
    """db1 is on no public network; web1's does not reach x."""
    with pytest.raises(SpecError, match=r"floating IP f: server .* is on no public network"):
        environment(floating_ips=(address,))


def test_groups_carry_the_tenants_name_and_users_do_not() -> None:
    """Groups are ours to make; users are the directory's. A grant without projects is one on all."""
    assert environment().groups == ("saintes-admins",)
    admins = (RoleGrant(role="member", group="saintes-admins"), RoleGrant(role="reader", group="saintes-admins"))
    assert main().grants == admins
    assert environment().projects[1].grants == (*admins, RoleGrant(role="reader", user="alice"))
