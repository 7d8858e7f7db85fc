"""`mutualis hosts list` and `status`: one line a host, and nothing invented."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import small_region
from fake_cloud_inventory import FakeCloudInventory
from fake_host_services import FakeHostServices, compute_service
from fake_ledger import FakeLedger
from plan_cases import host

from orchestrator.errors import TemporaryFailure
from orchestrator.flow.look_at_hosts import running_hosts, written_hosts
from orchestrator.model.plan import LedgerEntry, host_step
from orchestrator.model.snapshot import COMPUTE, InventorySnapshot, ServerUse
from orchestrator.reporting.hosts import hosts_to_json, hosts_to_text

SPECS = replace(small_region.specs(), hosts={name: host(name, maintenance=name == "h1") for name in ("h0", "h1")})
LEDGER = FakeLedger(
    LedgerEntry(step=host_step("h0"), digest="d", applied_at="2026-03-01T08:00:00+00:00", resources=0, outputs={})
)
CLOUD = FakeHostServices(
    known=[
        compute_service("h0"),
        compute_service("h1", up=False, enabled=False, reason="fan broken"),
        compute_service("h9"),
    ]
)
SERVER = ServerUse(project_id="p", zone="north", host="h0", status="ACTIVE", vcpus=1, memory_mib=1, disk_gib=1)


def inventory() -> FakeCloudInventory:
    return FakeCloudInventory(
        InventorySnapshot(
            taken_at=1.0,
            projects=(),
            hypervisors=(),
            servers=(SERVER, SERVER),
            volumes=(),
            pools=(),
            addresses=(),
            floating_ips={},
            health=(),
        )
    )


def test_status_shows_spec_ledger_and_cloud_side_by_side() -> None:
    """A host that only the cloud knows is shown, too."""
    shown = hosts_to_text(running_hosts(SPECS, LEDGER, CLOUD, inventory())).splitlines()
    assert [" ".join(line.split()) for line in shown] == [
        "host roles place by its spec last applied servers in the cloud",
        "h0 control north/general in duty 2026-03-01T08:00:00+00:00 2 up, enabled",
        "h1 control north/general maintenance never 0 down, disabled (fan broken)",
        "h9 no spec never 0 up, enabled",
    ]


def test_list_has_no_column_that_it_did_not_ask_for() -> None:
    """Not asked is not 0."""
    shown = hosts_to_text(written_hosts(SPECS, LEDGER))
    assert "servers" not in shown
    assert json.loads(hosts_to_json(written_hosts(SPECS, LEDGER)))[0]["servers"] is None


def test_as_data_a_service_has_its_reason() -> None:
    """For a pipeline that waits for a host to be empty."""
    (_, second, _) = json.loads(hosts_to_json(running_hosts(SPECS, LEDGER, CLOUD, inventory())))
    assert second["services"] == [
        {"binary": "nova-compute", "up": False, "enabled": False, "reason": "fan broken", "backend": ""}
    ]


def test_servers_that_cannot_be_read_are_no_zero() -> None:
    """Nova answers 503: worth a retry."""
    broken = inventory()
    broken.fail(COMPUTE, "503")
    with pytest.raises(TemporaryFailure, match="503"):
        running_hosts(SPECS, LEDGER, CLOUD, broken)
