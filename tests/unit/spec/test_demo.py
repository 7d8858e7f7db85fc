"""inventory/demo is what the README promises."""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import shutil
from pathlib import Path

import pytest

from orchestrator.errors import UsageError
from orchestrator.flow.validate import validate
from orchestrator.model.finding import Severity
from orchestrator.model.tenant import Exposure
from orchestrator.spec.region import load_region
from policies import RULES

DEMO = Path(__file__).parents[3] / "inventory" / "demo"
TODAY = dt.date(2026, 6, 1)


def test_the_demo_is_accepted_with_one_waived_finding() -> None:
    """A reader sees a waiver at work; nothing else is wrong, for years to come (hosts age, which is noted)."""
    for today in (TODAY, dt.date(2033, 1, 1)):
        validation = validate(DEMO, RULES, today)
        assert validation.specs is not None
        told = [finding for finding in validation.findings if finding.severity is not Severity.NOTE]
        assert [(finding.code, finding.waived_until) for finding in told] == [("POL004", "2035-12-31")]


def test_without_its_waiver_the_demo_is_refused(tmp_path: Path) -> None:
    """The waiver suspends a finding that is really there."""
    shutil.copytree(DEMO, tmp_path / "demo")
    (tmp_path / "demo" / "waivers" / "arcy-ssh.yaml").unlink()
    validation = validate(tmp_path / "demo", RULES, TODAY)
    assert validation.specs is None
    assert [finding.code for finding in validation.findings if finding.refuses] == ["POL004"]


def test_the_demo_shows_every_part_of_the_format() -> None:
    """Members of three kinds, both tiers, a boot volume, groups, projects, a lent host, a pool, backups."""
    specs = load_region(DEMO, rules=[rule.code for rule in RULES]).specs
    assert specs is not None
    tenants = specs.tenants.values()
    servers = [server for tenant in tenants for server in tenant.servers]
    volumes = [volume for tenant in tenants for volume in tenant.volumes]
    assert {tenant.member.kind for tenant in tenants} == {"commune", "epci", "hospital"}
    assert (len(specs.sites), len(specs.hosts), len(servers)) == (2, 6, 8)
    assert {volume.tier for volume in volumes} == {"ssd", "hdd"}
    assert any(server.boot_volume for server in servers)
    assert any(server.group for server in servers)
    assert any(tenant.projects for tenant in tenants)
    assert {network.exposure for tenant in tenants for network in tenant.networks} == set(Exposure)
    assert specs.hosts["sud-3"].owner == "sainte-odile"
    assert any(tenant.desktop_pools for tenant in tenants)
    assert all(tenant.backups for tenant in tenants)
    assert any(flavor.aggregate for flavor in specs.catalogue.flavors.values())


def test_the_images_have_the_digests_that_the_catalogue_gives() -> None:
    """The files in the folder are the ones that were meant."""
    specs = load_region(DEMO, rules=[rule.code for rule in RULES]).specs
    assert specs is not None
    for image in specs.catalogue.images.values():
        assert hashlib.sha256((DEMO / image.file).read_bytes()).hexdigest() == image.sha256


def test_every_file_names_the_schema_that_editors_shall_use() -> None:
    """The path in the first line leads to the schema of the document's kind."""
    for file in DEMO.rglob("*.yaml"):
        first, *others = file.read_text("utf-8").splitlines()
        schema = (file.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()
        kind = next(line for line in others if line.startswith("kind: ")).removeprefix("kind: ")
        assert schema.is_file()
        assert schema.stem == kind.lower()


def test_loading_leaves_the_garbage_collector_as_it_was(tmp_path: Path) -> None:
    """It rests while a region is read, and works again even when reading fails."""
    assert gc.isenabled()
    load_region(DEMO, rules=())
    assert gc.isenabled()
    with pytest.raises(UsageError):
        load_region(tmp_path / "nowhere", rules=())
    assert gc.isenabled()
