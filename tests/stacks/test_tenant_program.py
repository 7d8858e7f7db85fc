"""What the tenant's program registers: which resources, where, by whose credential, in which order."""

import json
from dataclasses import replace
from typing import Any

import pytest
from example_region import example_specs, example_tenant
from recording_monitor import UNKNOWN, Registered, Run, Runner

from orchestrator.errors import Bug
from orchestrator.model.environment import TenantEnvironment
from orchestrator.model.known_ids import KnownIds, NetworkIds
from orchestrator.model.region import VolumeZones
from orchestrator.model.tenant import DesktopPool, TenantState
from orchestrator.planning.environment import tenant_environment
from stacks import tenant_program

OUTPUTS = KnownIds(
    external_networks={"internet": "id:internet"},
    images={"debian-12": "id:d12", "debian-13": "id:d13"},
    deployer="id:deployer",
)
DEPLOYING = {"Project", "GroupV3", "RoleAssignment", "QuotaSetV2", "QuoteSetV3", "QuotaV2", "Keypair", "openstack"}


def environment(**tenant: Any) -> TenantEnvironment:
    return tenant_environment(example_specs(**tenant), "saintes")


def kind(one: Registered) -> str:
    return one.type.rsplit(":", 1)[-1]


def run_tenant(run_program: Runner, **tenant: Any) -> Run:
    run = run_program(tenant_program(environment(**tenant), OUTPUTS))
    assert run.error == ""
    return run


def test_every_object_of_the_spec_is_registered(run_program: Runner) -> None:
    """One resource per declared thing, one port per server network, two egress rules for each of the two groups."""
    run = run_tenant(run_program)
    counted = {name: len(run.of(name)) for name in ("Network", "Subnet", "Port", "Instance", "Volume", "VolumeAttach")}
    assert counted == {"Network": 3, "Subnet": 3, "Port": 3, "Instance": 2, "Volume": 2, "VolumeAttach": 1}
    assert len(run.of("SecGroupRule")) == 3 + 1 + 2 * 2
    assert {one.name for one in run.of("Router")} == {"main/internet", "test/internet"}
    assert {one.name for one in run.of("RouterInterface")} == {"main/front", "test/lab"}
    assert run.one("FloatingIp", "main/portal").inputs["pool"] == "internet"
    assert run.one("ServerGroup", "main/apart").inputs["policies"] == "soft-anti-affinity"


def test_what_lives_in_a_project_is_made_by_that_projects_provider(run_program: Runner) -> None:
    """Its token is of that project, so one tenant's step cannot reach another's; identity and quotas are ours."""
    run = run_tenant(run_program)
    for one in run.resources.values():
        if one.custom and kind(one) not in DEPLOYING:
            project = one.name.split("/")[0]
            assert f":openstack::{project}::id:{project}" in one.provider, one.name
        else:
            assert one.provider == "", one.name


def test_a_provider_carries_the_project_and_no_credential(run_program: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever OS_* this process has, nothing of it reaches the state."""
    for name in ("OS_CLOUD", "OS_REGION_NAME", "OS_PASSWORD", "OS_INSECURE", "OS_ENDPOINT_TYPE", "OS_POOL_NAME"):
        monkeypatch.setenv(name, "canary")
    run = run_tenant(run_program)
    assert run.one("openstack", "main").inputs == {"tenantId": "id:main"}
    everything = json.dumps([dict(one.inputs) for one in run.resources.values()]).lower()
    assert all(word not in everything for word in ("canary", "password", "secret", "token"))


def test_quotas_and_access_stand_before_all_that_a_project_holds(run_program: Runner) -> None:
    """And therefore go after it: the token with which the project is emptied needs the role to the end."""
    run = run_tenant(run_program)
    first = {
        run.one("RoleAssignment", "main/deployer").urn,
        run.one("QuotaSetV2", "main").urn,
        run.one("QuoteSetV3", "main").urn,
        run.one("QuotaV2", "main").urn,
        run.one("identity/project:Project", "main").urn,
    }
    inside = [one for one in run.resources.values() if one.provider and one.name.startswith("main/")]
    assert len(inside) > 20
    for one in inside:
        assert first <= run.before(one), one.name


def test_a_floating_ip_goes_before_its_way_out_and_the_interface_before_its_router(run_program: Runner) -> None:
    """Neutron refuses every other order."""
    run = run_tenant(run_program)
    before = run.before(run.one("FloatingIp", "main/portal"))
    assert run.one("RouterInterface", "main/front").urn in before
    assert run.one("Router", "main/internet").urn in run.before(run.one("RouterInterface", "main/front"))
    assert run.one("Keypair", "dsi").urn in run.before(run.one("Instance", "main/web1"))


def test_a_desktop_of_a_pool_is_a_server_with_its_port(run_program: Runner) -> None:
    """A larger pool registers more and changes nothing of what there was."""
    pool = DesktopPool(name="desk", project="saintes", count=1, flavor="small", image="debian-13", network="front")
    one = run_tenant(run_program, desktop_pools=(pool,))
    two = run_tenant(run_program, desktop_pools=(replace(pool, count=2),))
    assert one.one("Instance", "main/desk-01").inputs["name"] == "desk-01"
    assert {kind(two.resources[urn]) for urn in set(two.resources) - set(one.resources)} == {"Instance", "Port"}
    assert all(two.resources[urn].inputs == registered.inputs for urn, registered in one.resources.items())


def test_display_names_change_names_and_nothing_else(run_program: Runner) -> None:
    """Same URNs, and the only properties that differ are names and descriptions, which every type updates in place."""
    tenant = example_tenant()
    old = run_tenant(run_program)
    new = run_tenant(
        run_program,
        display_name="Renamed",
        networks=tuple(replace(one, display_name="Renamed") for one in tenant.networks),
        servers=tuple(replace(one, display_name="Renamed") for one in tenant.servers),
        volumes=tuple(replace(one, display_name="Renamed") for one in tenant.volumes),
    )
    assert set(old.resources) == set(new.resources)
    changed = {
        (kind(one), name)
        for urn, one in old.resources.items()
        for name in {*one.inputs, *new.resources[urn].inputs}
        if one.inputs.get(name) != new.resources[urn].inputs.get(name)
    }
    assert changed == {
        ("Project", "description"),
        ("Network", "name"),
        ("Subnet", "name"),
        ("Instance", "name"),
        ("Volume", "name"),
    }


def test_a_rule_more_touches_no_other(run_program: Runner) -> None:
    """Rules are named by their content, not by their place in the list."""
    groups = example_tenant().security_groups
    rules = groups[0].rules
    more = replace(rules[0], port_min=80, port_max=80)
    old = run_tenant(run_program)
    new = run_tenant(run_program, security_groups=(replace(groups[0], rules=(more, *rules)), *groups[1:]))
    assert {urn.rsplit("/db/", 1)[-1] for urn in set(old.resources) - set(new.resources)} == set()
    (added,) = set(new.resources) - set(old.resources)
    assert added.endswith("::main/web/ingress,IPv4,tcp,80-80,0.0.0.0/0")
    assert all(old.resources[urn].inputs == new.resources[urn].inputs for urn in old.resources)


def test_a_renewed_image_changes_no_server_and_another_image_replaces_it(run_program: Runner) -> None:
    """The id of the image is ignored; its name stands in the metadata, under a path that replaces."""
    server = run_tenant(run_program).one("Instance", "main/web1")
    assert server.ignore == ("imageId",)
    assert server.replace_on == ("metadata.mutualis_image",)
    assert server.inputs["metadata"]["mutualis_image"] == "debian-13"
    assert server.inputs["imageId"] == "id:d13"


def test_a_root_volume_is_another_one_when_the_image_is(run_program: Runner) -> None:
    """Its logical name carries the image; the server that boots from it says no image of its own."""
    run = run_tenant(run_program)
    root = run.one("Volume", "main/db1/root/debian-12")
    assert (root.inputs["imageId"], root.inputs["volumeType"], root.ignore) == ("id:d12", "fast", ("imageId",))
    server = run.one("Instance", "main/db1")
    assert server.inputs["blockDevices"][0]["uuid"] == "id:main/db1/root/debian-12"
    assert "imageId" not in server.inputs


def test_volumes_are_made_in_the_zones_of_their_sites(run_program: Runner) -> None:
    """Where block storage knows them; else no zone is asked for, and Cinder takes its own."""
    specs = example_specs()
    for zones, expected in ((VolumeZones.SITES, "east"), (VolumeZones.NONE, None)):
        built = tenant_environment(replace(specs, region=replace(specs.region, volume_zones=zones)), "saintes")
        run = run_program(tenant_program(built, OUTPUTS))
        assert run.error == ""
        assert {one.name: one.inputs.get("availabilityZone") for one in run.of("Volume")} == {
            "main/db1/root/debian-12": expected,
            "main/data": expected,
        }


def test_what_can_stand_once_only_is_deleted_before_it_is_replaced(run_program: Runner) -> None:
    """An equal rule, a second interface on a subnet, a second use of a port and a second attachment are refused."""
    run = run_tenant(run_program)
    for name in ("SecGroupRule", "RouterInterface", "Instance", "VolumeAttach"):
        assert run.of(name)
        assert all(one.delete_first for one in run.of(name))


def test_protection_covers_projects_servers_and_volumes(run_program: Runner) -> None:
    """All that holds data, root disks included, and nothing else."""
    run = run_tenant(run_program, protect=True)
    protected = {(kind(one), one.name) for one in run.resources.values() if one.protect}
    assert protected == {
        ("Project", "main"),
        ("Project", "test"),
        ("Instance", "main/web1"),
        ("Instance", "main/db1"),
        ("Volume", "main/data"),
        ("Volume", "main/db1/root/debian-12"),
    }


def test_a_plan_before_the_region_stands_shows_unknown_ids(run_program: Runner) -> None:
    """A first plan is whole although the region has not been applied yet."""
    run = run_program(tenant_program(environment(), KnownIds()), preview=True)
    assert run.error == ""
    assert run.one("Instance", "main/web1").inputs["imageId"] == UNKNOWN
    assert run.one("Router", "main/internet").inputs["externalNetworkId"] == UNKNOWN
    assert run.one("RoleAssignment", "main/deployer").inputs["userId"] == UNKNOWN


def test_applying_before_the_region_stands_says_what_is_missing(run_program: Runner) -> None:
    """An unknown id must never reach the cloud."""
    run = run_program(tenant_program(environment(), KnownIds()))
    assert "the region's stack exports no" in run.error
    assert run.of("Instance") == []


def test_roles_and_users_are_looked_up_once_each(run_program: Runner) -> None:
    """Two projects and two kinds of grants use three roles and one user between them."""
    asked = [(token.rsplit(":", 1)[-1], arguments["name"]) for token, arguments in run_tenant(run_program).calls]
    assert sorted(asked) == [("getRole", "member"), ("getRole", "reader"), ("getUser", "alice")]


def test_a_reference_to_nothing_is_refused_before_the_first_resource(run_program: Runner) -> None:
    """Such an environment can only come from a mistake of ours; it says which reference it is."""
    whole = environment()
    broken = replace(whole.projects[0], networks=())
    run = run_program(tenant_program(replace(whole, projects=(broken,)), OUTPUTS))
    assert "server web1 -> network front" in run.error
    assert Bug.__name__ in run.error
    assert run.of("Network") == []


def test_a_suspended_tenants_servers_are_shut_off(run_program: Runner) -> None:
    """Nothing else changes."""
    old = run_tenant(run_program)
    new = run_tenant(run_program, state=TenantState.SUSPENDED)
    changed = {urn for urn, one in old.resources.items() if one.inputs != new.resources[urn].inputs}
    assert changed == {one.urn for one in old.of("Instance")}
    assert {one.inputs["powerState"] for one in new.of("Instance")} == {"shutoff"}


def test_exports_are_what_other_tenants_read(run_program: Runner) -> None:
    """The names under which a tenant's ids go out are the ones under which they come in."""
    ids = KnownIds.of({}, {"saintes": run_tenant(run_program).exports})
    assert ids.networks["saintes"]["front"] == NetworkIds(network="id:main/front", subnet="id:main/front")
    assert ids.projects["saintes"]["main"] == "id:main"
