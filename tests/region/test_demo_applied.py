"""The demo region, applied to a real OpenStack: everything that its YAML declares is found through the API.

The YAML is read here as a person reads it, without the product's model or programs.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterator
from typing import Any

import pytest
from barred import HALF_OF_HOSTS, bar, importable
from demo_region import DemoRegion
from recording_proxy import RecordingProxy

pytestmark = pytest.mark.cloud


APART = {"name": "apart", "sensitivities": ["public", "internal", "personal", "health"]}


def set_apart(catalogue: dict[str, Any]) -> None:
    flavor = next(one for one in catalogue["spec"]["flavors"] if one["name"] == "database")
    flavor["aggregate"] = "apart"


@pytest.fixture(scope="module")
def applied(demo: DemoRegion) -> DemoRegion:
    """The demo after one apply without the `hosts` extra, with one host of a site set apart for one flavor."""
    bar(demo, *HALF_OF_HOSTS)
    demo.edit("hosts/nord-1.yaml", lambda document: document["spec"].update(aggregate="apart"))
    demo.edit("sites/nord.yaml", lambda document: document["spec"]["aggregates"].append(APART))
    demo.edit("catalogue.yaml", set_apart)
    demo.edit("tenants/arcy.yaml", lambda document: document["spec"]["guarantee"].update(survives="none"))
    report = demo.apply()
    assert {outcome["status"] for outcome in report["outcomes"]} == {"done"}
    return demo


def test_members_are_served_without_the_half_that_sets_up_hosts(applied: DemoRegion) -> None:
    """The region of this module was planned and applied where Ansible cannot be imported."""
    assert not [name for name in HALF_OF_HOSTS if importable(applied, name)]


@pytest.fixture(scope="module")
def cloud(applied: DemoRegion) -> Any:
    """An administrator's connection of openstacksdk."""
    return applied.connection()


def of_kind(region: DemoRegion, kind: str) -> dict[str, dict[str, Any]]:
    """Specs by name."""
    return {d["metadata"]["name"]: d["spec"] for d in region.documents() if d["kind"] == kind}


def projects_of(tenant: str, spec: dict[str, Any]) -> dict[str, str]:
    """The written project name -> the name in Keystone."""
    return {tenant: tenant} | {p["name"]: f"{tenant}-{p['name']}" for p in spec.get("projects", [])}


def declared(region: DemoRegion, key: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(tenant, project in Keystone, object) for every object of a list in the tenants' specs."""
    for tenant, spec in of_kind(region, "Tenant").items():
        names = projects_of(tenant, spec)
        pools = spec.get("desktopPools", []) if key == "servers" else []
        for item in [*spec.get(key, []), *(desk for pool in pools for desk in desktops(pool))]:
            yield tenant, names[item.get("project", tenant)], item


def desktops(pool: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a pool stands for, as if each server were written."""
    for number in range(1, pool["count"] + 1):
        yield {**pool, "name": f"{pool['name']}-{number:02}", "networks": [{"network": pool["network"]}]}


def project_id(cloud: Any, name: str) -> str:
    project = cloud.identity.find_project(name, ignore_missing=False)
    return str(project.id)


def test_each_project_and_group_exists_with_its_roles(applied: DemoRegion, cloud: Any) -> None:
    """Projects bear the tenant's tag; groups have their roles on the projects that are named."""
    for tenant, spec in of_kind(applied, "Tenant").items():
        projects = {
            w: cloud.identity.find_project(n, ignore_missing=False) for w, n in projects_of(tenant, spec).items()
        }
        assert all(any(tenant in tag for tag in project.tags) for project in projects.values())
        for wanted in spec["access"]["groups"]:
            group = cloud.identity.find_group(f"{tenant}-{wanted['name']}", ignore_missing=False)
            for written in wanted.get("projects", projects):
                found = cloud.identity.role_assignments(
                    group_id=group.id, scope_project_id=projects[written].id, include_names=True
                )
                assert {assignment.role["name"] for assignment in found} == set(wanted["roles"])


def test_quotas_are_written_in_full(applied: DemoRegion, cloud: Any) -> None:
    """A member's total, over all its projects, is its size times its multiplier with its own values over it."""
    sizes = {size["name"]: size for size in next(iter(of_kind(applied, "Catalogue").values()))["quotaSizes"]}

    def size_value(name: str, key: str) -> float:
        size = sizes[name]
        if key in size["values"]:
            return float(size["values"][key])
        return size_value(size["parent"], key) * float(size.get("multiplier", 1)) if "parent" in size else 0.0

    for tenant, spec in of_kind(applied, "Tenant").items():
        quota = spec["quota"]
        ids = [project_id(cloud, name) for name in projects_of(tenant, spec).values()]
        compute = [cloud.compute.get_quota_set(one) for one in ids]
        volume = [cloud.block_storage.get_quota_set(one) for one in ids]
        network = [cloud.network.get_quota(one) for one in ids]
        for key, found in (
            ("servers", sum(q.instances for q in compute)),
            ("vcpus", sum(q.cores for q in compute)),
            ("memoryGiB", sum(q.ram for q in compute) / 1024),
            ("volumes", sum(q.volumes for q in volume)),
            ("storageGiB", sum(q.gigabytes for q in volume)),
            ("networks", sum(q.networks for q in network)),
            ("floatingIPs", sum(q.floating_ips for q in network)),
        ):
            wanted = size_value(quota["size"], key) * float(quota.get("multiplier", 1))
            assert found == quota.get("overrides", {}).get(key, wanted), (tenant, key)


def test_the_quota_in_the_cloud_is_seen_and_is_the_declared_one(applied: DemoRegion, cloud: Any) -> None:
    """`mutualis capacity` reads every quota of every tenant; one raised by hand, past the specs, shows."""
    promised = [line for line in _tenant_lines(applied) if line["tenant"] and line["declared"] is not None]
    assert len(promised) >= 18
    assert [line["quota"] for line in promised] == [line["declared"] for line in promised]
    project = next(iter(cloud.identity.projects(tags="tenant=arcy")))
    before = cloud.compute.get_quota_set(project.id).cores
    cloud.compute.update_quota_set(project.id, cores=before + 5)
    try:
        raised = [one for one in _tenant_lines(applied) if one["declared"] not in {None, one["quota"]}]
        assert [(one["tenant"], one["resource"], one["quota"] - one["declared"]) for one in raised] == [
            ("arcy", "vcpus", 5)
        ]
    finally:
        cloud.compute.update_quota_set(project.id, cores=before)


def _tenant_lines(region: DemoRegion) -> list[dict[str, Any]]:
    done = region.run("capacity", str(region.folder), "--format", "json")
    assert done.returncode == 0, done.stdout + done.stderr
    lines: list[dict[str, Any]] = json.loads(done.stdout)["tenants"]
    return lines


def test_networks_have_their_ranges_and_routed_ones_a_way_out(applied: DemoRegion, cloud: Any) -> None:
    """Isolated networks have no router; the others one with a gateway."""
    for tenant, project, network in declared(applied, "networks"):
        owner = project_id(cloud, project)
        name = network.get("displayName", network["name"])
        found = next(n for n in cloud.network.networks(project_id=owner) if n.name == name)
        subnet = cloud.network.get_subnet(found.subnet_ids[0])
        assert subnet.cidr == network["cidr"], tenant
        interfaces = list(cloud.network.ports(network_id=found.id, device_owner="network:router_interface"))
        assert len(interfaces) == (0 if network.get("exposure") == "isolated" else 1)
        for port in interfaces:
            assert cloud.network.get_router(port.device_id).external_gateway_info["network_id"]


def test_security_groups_have_the_rules_of_their_presets_and_their_own(applied: DemoRegion, cloud: Any) -> None:
    """Ports and peers are those written, nothing more comes in."""
    catalogue = next(iter(of_kind(applied, "Catalogue").values()))
    presets = {preset["name"]: preset["rules"] for preset in catalogue["presets"]}
    for tenant, project, group in declared(applied, "securityGroups"):
        owner = project_id(cloud, project)
        by_id = {g.id: g for g in cloud.network.security_groups(project_id=owner)}
        found = next(g for g in by_id.values() if g.name == group["name"])
        rules = [rule for name in group.get("presets", []) for rule in presets[name]] + group.get("rules", [])
        wanted = {
            (rule.get("protocol"), rule.get("portMin"), rule.get("portMax", rule.get("portMin")), rule["peer"])
            for rule in rules
        }
        seen = set()
        for rule in cloud.network.security_group_rules(security_group_id=found.id, direction="ingress"):
            peer = rule.remote_ip_prefix
            if rule.remote_group_id:
                peer = "self" if rule.remote_group_id == found.id else by_id[rule.remote_group_id].name
            seen.add((rule.protocol, rule.port_range_min, rule.port_range_max, peer))
        assert seen == wanted, (tenant, group["name"])


def test_servers_are_active_on_hosts_of_their_site(applied: DemoRegion, cloud: Any) -> None:
    """Each with its flavor, image, addresses, key, in the right zone, on a host of that site and of its aggregate."""
    hosts = of_kind(applied, "Host")
    flavors = {one["name"]: one for one in next(iter(of_kind(applied, "Catalogue").values()))["flavors"]}
    tenants = of_kind(applied, "Tenant")
    everything = list(cloud.compute.servers(all_projects=True))
    assert len(everything) == sum(1 for _ in declared(applied, "servers"))
    for tenant, project, server in declared(applied, "servers"):
        found = next(s for s in everything if s.name == server["name"] and s.project_id == project_id(cloud, project))
        site = server.get("site", tenants[tenant]["site"])
        assert found.status == "ACTIVE"
        assert (found.availability_zone, hosts[found.compute_host]["site"]) == (site, site)
        assert found.flavor["original_name"] == server["flavor"]
        stands_on = hosts[found.compute_host]["aggregate"]
        assert flavors[server["flavor"]].get("aggregate", stands_on) == stands_on
        addresses = {address["addr"] for items in found.addresses.values() for address in items}
        assert {n["address"] for n in server["networks"] if "address" in n} <= addresses
        assert len(found.addresses) == len(server["networks"])
        if "bootVolume" not in server:
            assert cloud.image.get_image(found.image.id).name == server["image"]


def test_servers_of_a_group_stand_apart(applied: DemoRegion, cloud: Any) -> None:
    """Anti-affinity is real: two servers of a group are on two hosts."""
    for tenant, project, group in declared(applied, "serverGroups"):
        names = {
            s["name"] for t, _, s in declared(applied, "servers") if t == tenant and s.get("group") == group["name"]
        }
        owner = project_id(cloud, project)
        hosts = [
            s.compute_host
            for s in cloud.compute.servers(all_projects=True)
            if s.project_id == owner and s.name in names
        ]
        assert len(names) == len(hosts) == len(set(hosts))


def test_volumes_lie_on_the_backend_of_their_tier(applied: DemoRegion, cloud: Any) -> None:
    """Type, size, pool, and the server that they are attached to."""
    tiers = {t["name"]: t["backend"] for t in next(iter(of_kind(applied, "Catalogue").values()))["tiers"]}
    servers = {(s.project_id, s.name): s.id for s in cloud.compute.servers(all_projects=True)}
    everything = list(cloud.block_storage.volumes(all_projects=True))
    for _, project, volume in declared(applied, "volumes"):
        owner = project_id(cloud, project)
        name = volume.get("displayName", volume["name"])
        found = next(v for v in everything if v.name == name and v.project_id == owner)
        assert (found.volume_type, found.size) == (volume["tier"], volume["sizeGiB"])
        assert tiers[volume["tier"]] in found.host
        attached = {attachment["server_id"] for attachment in found.attachments}
        assert attached == ({servers[owner, volume["attachTo"]]} if "attachTo" in volume else set())


def test_floating_ips_lead_to_their_servers(applied: DemoRegion, cloud: Any) -> None:
    """Each from the external range, on a port of the server that is named."""
    region = next(iter(of_kind(applied, "Region").values()))
    ranges = [ipaddress.ip_network(network["cidr"]) for network in region["externalNetworks"]]
    servers = {s.id: s.name for s in cloud.compute.servers(all_projects=True)}
    leads = {servers[cloud.network.get_port(ip.port_id).device_id]: ip for ip in cloud.network.ips()}
    wanted = {ip["server"] for _, _, ip in declared(applied, "floatingIPs")}
    assert set(leads) == wanted
    assert all(any(ipaddress.ip_address(ip.floating_ip_address) in one for one in ranges) for ip in leads.values())


def test_the_catalogue_is_there_for_all(applied: DemoRegion, cloud: Any) -> None:
    """Flavors, images with the reviewed content, volume types on their back ends, zones with the sites' hosts."""
    catalogue = next(iter(of_kind(applied, "Catalogue").values()))
    flavors = {f.name: (f.vcpus, f.ram, f.disk) for f in cloud.compute.flavors()}
    assert flavors == {f["name"]: (f["vcpus"], int(f["memoryGiB"] * 1024), f["diskGiB"]) for f in catalogue["flavors"]}
    for wanted in catalogue["images"]:
        image = cloud.image.find_image(wanted["name"], ignore_missing=False)
        assert (image.hash_algo, image.status, image.visibility) == ("sha512", "active", "public")
        data = cloud.image.download_image(image).content
        assert data == (applied.folder / wanted["file"]).read_bytes()
    types = {t.name: t.extra_specs["volume_backend_name"] for t in cloud.block_storage.types() if "__" not in t.name}
    assert {t["name"]: t["backend"] for t in catalogue["tiers"]}.items() <= types.items()
    zones = {h: a.availability_zone for a in cloud.compute.aggregates() for h in a.hosts}
    assert zones == {
        name: spec["site"] for name, spec in of_kind(applied, "Host").items() if "compute" in spec["roles"]
    }


def test_a_second_plan_is_empty(applied: DemoRegion) -> None:
    """Nothing to do, nothing pending, and every step says why it is not taken."""
    plan = applied.plan()
    assert (plan["empty"], plan["steps"]) == (True, [])
    assert {item["reason"] for item in plan["untaken"]} == {"unchanged since it was last applied"}
    assert applied.run("plan", str(applied.folder), "--exit-code").returncode == 0


def test_a_second_apply_writes_nothing(applied: DemoRegion) -> None:
    """Counted between Mutualis and the cloud."""
    with RecordingProxy() as proxy:
        report = applied.apply(proxy=proxy)
    assert report["outcomes"] == []
    assert proxy.writes == []


def test_without_its_ledger_a_region_is_compared_with_its_state_and_still_writes_nothing(applied: DemoRegion) -> None:
    """Every program runs, every resource is the same, the ledger is whole again."""
    ledger = applied.state / "demo" / "ledger"
    for entry in ledger.glob("*.json"):
        entry.unlink()
    with RecordingProxy() as proxy:
        plan = applied.plan(proxy=proxy)
        assert plan["empty"]
        assert {step["action"] for step in plan["steps"]} == {"record"}
        applied.apply(proxy=proxy)
    assert proxy.calls, "programs look things up, so the proxy must have seen them"
    assert proxy.writes == []
    assert applied.plan()["steps"] == []
