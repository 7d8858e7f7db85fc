"""`mutualis hosts list` and `status`: one line a host, and nothing invented."""

from __future__ import annotations

import json
from dataclasses import replace

import small_region
from fake_host_services import FakeHostServices, carried_server, compute_service
from fake_ledger import FakeLedger
from plan_cases import host

from orchestrator.flow.look_at_hosts import running_hosts, written_hosts
from orchestrator.model.plan import LedgerEntry, host_step
from orchestrator.reporting.hosts import hosts_to_json, hosts_to_text

SPECS = replace(small_region.specs(), hosts={name: host(name, maintenance=name == "h1") for name in ("h0", "h1")})
APPLIED = "2026-03-01T08:00:00+00:00"
LEDGER = FakeLedger(LedgerEntry(step=host_step("h0"), digest="d", applied_at=APPLIED, resources=0, outputs={}))
OUT = compute_service("h1", up=False, enabled=False, reason="fan broken")
CLOUD = FakeHostServices(
    known=[compute_service("h0"), OUT, compute_service("h9")],
    standing={name: carried_server(name, "h0") for name in ("web-1", "web-2")},
)


def test_status_shows_spec_ledger_and_cloud_side_by_side() -> None:
    """A host that only the cloud knows is shown, too."""
    shown = hosts_to_text(running_hosts(SPECS, LEDGER, CLOUD)).splitlines()
    assert [" ".join(line.split()) for line in shown] == [
        "host roles place by its spec last applied servers in the cloud",
        f"h0 control north/general in duty {APPLIED} 2 up, enabled",
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
    (_, second, _) = json.loads(hosts_to_json(running_hosts(SPECS, LEDGER, CLOUD)))
    assert second["services"] == [
        {"binary": "nova-compute", "up": False, "enabled": False, "reason": "fan broken", "backend": ""}
    ]
