"""Defaults and units end at the decoder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from region_examples import EXAMPLES, laid_out

from orchestrator.model.certification import Certification
from orchestrator.model.region import FailureDomain
from orchestrator.model.sensitivity import Sensitivity
from orchestrator.model.sharing import (
    ContainerAccess,
    ContainerShare,
    NetworkShare,
    SharedContainer,
    SharedNetwork,
)
from orchestrator.model.site import HardeningLevel
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Exposure, TenantState
from orchestrator.spec.region import load_region

WORKLOAD = """\
  guarantee: {memoryGiB: 0.5}
  networks: [{name: front, cidr: 10.0.0.0/24}]
  servers: [{name: web, flavor: small, image: debian-13, networks: [{network: front}]}]
  securityGroups: [{name: web, rules: [{protocol: tcp, portMin: 443, peer: self}]}]
"""


def decoded(folder: Path, extra: str = "") -> Specs:
    laid_out(EXAMPLES / "valid" / "minimal", folder)
    with (folder / "member.yaml").open("a", encoding="utf-8") as file:
        file.write(extra)
    specs = load_region(folder, rules=()).specs
    assert specs is not None
    return specs


def test_memory_is_written_in_gib_and_kept_in_mib(tmp_path: Path) -> None:
    """Flavors, quotas and guarantees."""
    specs = decoded(tmp_path / "region", WORKLOAD)
    assert specs.catalogue.flavors["diskless"].memory_mib == 512
    assert specs.catalogue.quota_sizes["small"].values["memoryMiB"] == 8192
    assert specs.tenants["member"].guarantee.memory_mib == 512


def test_a_tier_of_a_quota_becomes_a_quota_name(tmp_path: Path) -> None:
    """`storageGiB:<tier>`, as model/quota.py says."""
    values = decoded(tmp_path / "region").catalogue.quota_sizes["small"].values
    assert (values["storageGiB:ssd"], values["storageGiB:hdd"], values["storageGiB"]) == (20, 30, 50)


def test_what_is_left_out_gets_its_default(tmp_path: Path) -> None:
    """Names for people, projects, owners, states."""
    specs = decoded(tmp_path / "region", WORKLOAD)
    tenant = specs.tenants["member"]
    assert (tenant.display_name, tenant.state) == ("member", TenantState.ACTIVE)
    assert (tenant.networks[0].display_name, tenant.networks[0].project) == ("front", "member")
    assert tenant.networks[0].exposure is Exposure.OUTBOUND
    assert (tenant.servers[0].project, tenant.servers[0].site) == ("member", "")
    assert (specs.hosts["host-1"].owner, specs.hosts["host-1"].hardening) == ("base", HardeningLevel.INTERMEDIARY)
    rule = tenant.security_groups[0].rules[0]
    assert (rule.direction, rule.port_min, rule.port_max) == ("ingress", 443, 443)


def whole(folder: Path) -> Specs:
    specs = load_region(laid_out(EXAMPLES / "valid" / "whole-format", folder), rules=("POL033",)).specs
    assert specs is not None
    return specs


def test_what_a_region_may_lose_and_where_images_come_from(tmp_path: Path) -> None:
    """As written; left out, an image may come from where data may be, and names are free."""
    written, left_out = whole(tmp_path / "one").region, decoded(tmp_path / "two").region
    assert (written.reserve.failure_domain, left_out.reserve.failure_domain) == (FailureDomain.RACK, FailureDomain.HOST)
    assert (written.image_countries, left_out.image_countries) == (("FR", "US"), ("FR",))
    assert (written.naming.volumes, left_out.naming.volumes) == ("{tenant}-*", "*")


def test_a_host_hangs_on_all_feeds_of_its_rack_unless_it_says_otherwise(tmp_path: Path) -> None:
    """Judgement need not look the rack up."""
    hosts = whole(tmp_path / "region").hosts
    assert (hosts["host-1"].feeds, hosts["host-2"].feeds) == (("B",), ("A", "B"))


def test_parts_of_a_site_have_certificates_and_classes_of_data(tmp_path: Path) -> None:
    """A certificate without aggregates covers the whole site."""
    sites = whole(tmp_path / "region").sites
    assert sites["north"].certificates[0].aggregates == ("general",)
    assert sites["south"].certificates[0].aggregates == ()
    (aggregate,) = sites["north"].aggregates
    assert aggregate.sensitivities == (Sensitivity.PUBLIC, Sensitivity.INTERNAL, Sensitivity.PERSONAL)


def test_a_backup_outside_of_the_region_is_off_site_without_saying_so(tmp_path: Path) -> None:
    """Inside, the spec says it."""
    tiers = whole(tmp_path / "region").catalogue.backup_tiers
    assert (tiers["daily"].off_site, tiers["daily"].target.site) == (True, "south")
    assert (tiers["vault"].off_site, tiers["vault"].target.certifications) == (True, (Certification.HDS,))


def test_a_desktop_pool_is_servers_that_are_all_alike(tmp_path: Path) -> None:
    """A larger pool has the servers of a smaller one, and more."""
    tenant = whole(tmp_path / "region").tenants["member"]
    assert [server.name for server in tenant.all_servers] == ["desk-01", "desk-02"]
    assert {server.flavor for server in tenant.all_servers} == {"small"}
    (pool,) = tenant.desktop_pools
    many = replace(pool, count=120).servers
    assert (many[:2], many[98].name, many[99].name) == (pool.servers, "desk-99", "desk-100")


def test_both_sides_of_a_shared_network_are_kept(tmp_path: Path) -> None:
    """At the network who may come, at the other tenant where it goes."""
    tenants = whole(tmp_path / "region").tenants
    assert tenants["member"].networks[0].shared_with == (NetworkShare(tenant="other", agreement="C-17"),)
    shared = SharedNetwork(tenant="member", network="front", agreement="C-17", name="front-of-member", project="other")
    assert tenants["other"].shared_networks == (shared,)


def test_both_sides_of_a_shared_container_are_kept(tmp_path: Path) -> None:
    """What the other may do stands at the container, which of its projects may at the other."""
    tenants = whole(tmp_path / "region").tenants
    (container,) = tenants["member"].object_containers
    assert container.shared_with == (ContainerShare(tenant="other", agreement="C-18", access=ContainerAccess.WRITE),)
    use = SharedContainer(tenant="member", container="scans", agreement="C-18", project="canteen")
    assert tenants["other"].shared_containers == (use,)


def test_the_same_files_give_the_same_specs(tmp_path: Path) -> None:
    """Equal, whatever the folder is called."""
    assert decoded(tmp_path / "one", WORKLOAD) == decoded(tmp_path / "two", WORKLOAD)
