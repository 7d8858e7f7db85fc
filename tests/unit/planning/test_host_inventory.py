"""Ansible's inventory says what the specs say, and nothing else."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator.errors import SpecError
from orchestrator.flow.validate import validate
from orchestrator.model.site import HostRole
from orchestrator.model.specs import Specs
from orchestrator.planning.hosts.inventory import host_inventory
from policies import RULES

METAL = Path(__file__).parents[3] / "inventory" / "metal"


@pytest.fixture(scope="module")
def metal() -> Specs:
    specs = validate(METAL, RULES, dt.date(2026, 6, 1)).specs
    assert specs is not None
    return specs


def test_hosts_are_grouped_by_what_their_specs_say(metal: Specs) -> None:
    """Role, site, rack, aggregate and hardening level; no group that no host is in."""
    assert host_inventory(metal).groups == {
        "aggregate_nord_general": ("nord-1", "nord-2"),
        "aggregate_sud_medical": ("sud-1",),
        "hardening_intermediary": ("nord-1", "nord-2", "sud-1"),
        "rack_nord_a1": ("nord-1", "nord-2"),
        "rack_sud_b1": ("sud-1",),
        "role_compute": ("nord-2", "sud-1"),
        "role_control": ("nord-1",),
        "role_network": ("nord-1",),
        "site_nord": ("nord-1", "nord-2"),
        "site_sud": ("sud-1",),
    }


def test_a_host_in_maintenance_is_in_a_group_of_its_own(metal: Specs) -> None:
    """So that plays can leave it alone, or drain it."""
    resting = replace(metal.hosts["sud-1"], maintenance=True, roles=(HostRole.COMPUTE, HostRole.STORAGE))
    groups = host_inventory(replace(metal, hosts={**metal.hosts, "sud-1": resting})).groups
    assert groups["maintenance"] == ("sud-1",)
    assert groups["role_storage"] == ("sud-1",)


def test_a_host_is_told_its_addresses_by_use(metal: Specs) -> None:
    """SSH goes to the management address; a use that no interface has gives no variable."""
    host = host_inventory(metal).hosts[1]
    assert (host.name, host.address) == ("nord-2", "10.77.0.21")
    assert host.variables["ansible_host"] == host.variables["mutualis_management_address"] == "10.77.0.21"
    assert host.variables["mutualis_tunnel_address"] == "10.78.0.21"
    assert "mutualis_storage_address" not in host.variables


def test_everything_is_plain_data(metal: Specs) -> None:
    """It goes to Ansible and into digests: JSON gives back the same."""
    found = host_inventory(metal)
    for variables in (found.variables, *(host.variables for host in found.hosts)):
        assert json.loads(json.dumps(variables)) == variables


def test_what_an_interface_does_not_say_is_left_out(metal: Specs) -> None:
    """A template asks whether something is defined, not whether it is empty."""
    interfaces = host_inventory(metal).hosts[0].variables["mutualis_interfaces"]
    assert interfaces[1] == {"name": "eno2", "mtu": 9000, "addresses": ["10.78.0.11/24"], "uses": ["tunnel"]}


def test_a_region_that_somebody_else_installs_has_no_inventory(metal: Specs) -> None:
    """Its hosts are described, not set up; the error says what to write."""
    with pytest.raises(SpecError, match="is not installed by its specs") as refused:
        host_inventory(replace(metal, region=replace(metal.region, installation=None)))
    assert "spec.installation" in refused.value.hint
