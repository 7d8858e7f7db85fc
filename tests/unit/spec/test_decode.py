"""Defaults and units end at the decoder."""

from __future__ import annotations

from pathlib import Path

from region_examples import EXAMPLES, laid_out

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


def test_the_same_files_give_the_same_specs(tmp_path: Path) -> None:
    """Equal, whatever the folder is called."""
    assert decoded(tmp_path / "one", WORKLOAD) == decoded(tmp_path / "two", WORKLOAD)
