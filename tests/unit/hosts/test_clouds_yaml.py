"""An installed region hands its clouds.yaml to the half that serves tenants."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from openstack.config import OpenStackConfig

from orchestrator.adapters.hosts_ansible.clouds_yaml import write_clouds
from orchestrator.adapters.hosts_ansible.region_secrets import Secrets, completed
from orchestrator.model.host_inventory import HostInventory
from orchestrator.model.region import Region
from orchestrator.settings import STACKS_AT_ONCE, Settings, read_settings
from orchestrator.wiring.clouds import cloud_environment, clouds_file
from orchestrator.wiring.hosts import inventory_of
from orchestrator.wiring.specs import accepted, validated

METAL = Path(__file__).parents[3] / "inventory" / "metal"


@pytest.fixture(scope="module")
def inventory() -> HostInventory:
    return inventory_of(METAL)


@pytest.fixture(scope="module")
def secrets(inventory: HostInventory) -> Secrets:
    return completed({}, inventory, dt.datetime(2026, 6, 1, tzinfo=dt.UTC))


@pytest.fixture(scope="module")
def region() -> Region:
    return accepted(validated(METAL)).region


def settings_in(folder: Path, clouds: Path | None = None) -> Settings:
    return read_settings({}, state=folder, clouds=clouds, stacks_at_once=STACKS_AT_ONCE)


def test_openstack_reads_both_entries(tmp_path: Path, inventory: HostInventory, secrets: Secrets) -> None:
    """One acts as the administrator, one only looks; both trust the region's authority."""
    path = write_clouds(tmp_path, inventory, secrets)
    config = OpenStackConfig(config_files=[str(path)], load_envvars=False)
    acting, looking = config.get_one("mutualis-metal"), config.get_one("mutualis-metal-reader")
    passwords = secrets["passwords"]
    assert (acting.auth["username"], acting.auth["password"]) == ("admin", passwords["administrator"])
    assert (looking.auth["username"], looking.auth["password"]) == ("mutualis-reader", passwords["reader"])
    assert acting.auth["auth_url"] == "https://api.metal.example:5000/v3"
    assert acting.get_requests_verify_args()[0] == str(tmp_path / "authority.crt")
    assert (tmp_path / "authority.crt").read_text() == secrets["authority"]


def test_only_its_owner_reads_it(tmp_path: Path, inventory: HostInventory, secrets: Secrets) -> None:
    """It holds passwords; written twice, the same file stays."""
    path = write_clouds(tmp_path, inventory, secrets)
    before = path.stat()
    assert before.st_mode & 0o777 == 0o600
    assert write_clouds(tmp_path, inventory, secrets).stat().st_ino == before.st_ino
    passwords = {**secrets["passwords"], "reader": "another"}
    write_clouds(tmp_path, inventory, {**secrets, "passwords": passwords})
    assert "another" in path.read_text()


def test_who_acts_uses_it_before_it_is_written(tmp_path: Path, region: Region) -> None:
    """The first apply installs the hosts, then goes on with what that wrote."""
    settings = settings_in(tmp_path)
    written = tmp_path / "metal" / "clouds.yaml"
    assert clouds_file(region, settings, reading=False) == written
    assert clouds_file(region, settings, reading=True) is None


def test_who_looks_uses_the_entry_that_looks(
    tmp_path: Path, region: Region, inventory: HostInventory, secrets: Secrets
) -> None:
    """As soon as it is there."""
    settings = settings_in(tmp_path)
    written = write_clouds(tmp_path / "metal", inventory, secrets)
    assert cloud_environment(region, settings, reading=True) == {
        "OS_CLOUD": "mutualis-metal-reader",
        "OS_KEEP_SCOPE": "1",
        "OS_CLIENT_CONFIG_FILE": str(written),
    }


def test_a_named_file_wins_and_others_cloud_has_none(tmp_path: Path, region: Region) -> None:
    """An operator who already has an OpenStack names their own; nothing else is looked for."""
    named = tmp_path / "own.yaml"
    named.write_text("clouds: {}")
    assert clouds_file(region, settings_in(tmp_path, named), reading=False) == named
    assert clouds_file(replace(region, installation=None), settings_in(tmp_path), reading=False) is None
