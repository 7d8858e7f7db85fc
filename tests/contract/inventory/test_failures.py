"""Services that hang, refuse or answer rubbish over real HTTP: only their own parts are stale, and seen to be at once.

Before each fault everything in the cloud changes, so that a fresh value can be told from a kept one.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hand_made_cloud import FakeCloud, inventory, part, server, volume
from misbehaving_cloud import RUBBISH, MisbehavingCloud

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.inventory_openstack import courtesy
from orchestrator.adapters.inventory_openstack.inventory import SELDOM, OpenStackInventory
from orchestrator.adapters.inventory_openstack.refusal import LastingRefusal
from orchestrator.model.snapshot import PARTS, InventorySnapshot

FIELDS = {
    "identity": ("projects",),
    "compute": ("servers",),
    "volume": ("volumes", "pools"),
    "network": ("addresses", "subnets", "floating_ips"),
    "network_objects": ("objects",),
}
PARTS_OF = {
    "identity": {"identity"},
    "compute": {"compute", "compute_quota"},
    "block-storage": {"volume", "volume_quota"},
    "network": {"network", "network_objects", "network_quota"},
    "placement": {"placement"},
}
FAULTS = ("hang", "503", "429", "500", "401", "403", "404", "HTML", "truncated", "reset", "wrong types", *RUBBISH)


@pytest.fixture
def made() -> FakeCloud:
    """Ten projects, the second one a tenant's; two hosts of one kind."""
    cloud = FakeCloud()
    cloud.projects.extend({"id": f"q{number}", "name": "x", "tags": []} for number in range(9))
    cloud.names["u2"] = "a2"
    cloud.inventories["u2"] = {"VCPU": inventory(8, 0, 4.0), "MEMORY_MB": inventory(4096, 512)}
    cloud.used["u2"] = {"VCPU": 1, "MEMORY_MB": 512}
    return cloud


@pytest.fixture
def bad(made: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[MisbehavingCloud]:
    monkeypatch.setattr(courtesy, "FIRST_PAUSE", 0.01)
    cloud = MisbehavingCloud(made)
    yield cloud
    cloud.close()


def change(cloud: FakeCloud) -> None:
    """Everything is another than before, but what is asked in turns."""
    cloud.projects[1]["tags"] = ["mutualis", "tenant=beta"]
    cloud.servers = [*cloud.servers, server("s2", tenant_id="q1")]
    cloud.volumes = [*cloud.volumes, volume("v2", 9)]
    cloud.used["u1"]["VCPU"] += 2
    cloud.objects["ports"]["p1"] += 5
    cloud.network_quotas[0]["floatingip"] += 1
    cloud.floating_ips = [*cloud.floating_ips, {"id": "f9", "project_id": "q1"}]


def truth(cloud: FakeCloud) -> InventorySnapshot:
    """What a reader finds that asks everything for the first time, of the cloud itself."""
    return OpenStackInventory(cloud, SystemClock(), at_once=1000, patience=60).read()


def stale(snapshot: InventorySnapshot) -> set[str]:
    return {health.part for health in snapshot.health if not health.up}


def value(snapshot: InventorySnapshot, name: str) -> Any:
    """What a part says, without its times."""
    if name.endswith("_quota"):
        return {one.project_id: dict(one.limits) for one in snapshot.quotas if one.part == name}
    if name == "placement":
        return {host.name: dict(host.inventories) for host in snapshot.hypervisors}
    return [getattr(snapshot, field) for field in FIELDS[name]]


def misread(reader: OpenStackInventory, affected: set[str]) -> InventorySnapshot:
    """The first read in which nothing is late but what hangs: on a loaded machine not always the very first."""
    end = time.monotonic() + 120
    while (seen := reader.read()) and stale(seen) != affected and time.monotonic() < end:
        pass
    return seen


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("service", PARTS_OF)
def test_a_service_that_misbehaves_makes_its_own_parts_stale_and_no_other(
    bad: MisbehavingCloud, tmp_path: Path, service: str, fault: str
) -> None:
    """Stale parts keep every value and say so within this very read; all others are what the cloud has now."""
    patience = 1.0 if fault == "hang" else 60.0
    reader = OpenStackInventory(bad.door(tmp_path), SystemClock(), patience=patience, at_once=1000)
    for _ in range(SELDOM):
        good = misread(reader, set())
    before = truth(bad.cloud)
    change(bad.cloud)
    after = truth(bad.cloud)
    bad.faults[service] = fault
    seen = misread(reader, PARTS_OF[service]) if fault == "hang" else reader.read()
    bad.release()
    assert stale(seen) == PARTS_OF[service], {health.part: health.error for health in seen.health}
    for name in set(PARTS) - PARTS_OF[service]:
        assert value(seen, name) == value(after, name) != value(before, name) or name in IN_TURNS, name
    for name in PARTS_OF[service]:
        assert value(seen, name) == value(before, name), name
        assert part(seen, name).error
        assert part(seen, name).last_success == part(good, name).last_success > 0


@pytest.mark.parametrize("service", PARTS_OF)
def test_a_service_that_recovers_is_fresh_at_once(bad: MisbehavingCloud, tmp_path: Path, service: str) -> None:
    """No trace of the fault is left but the one project's quota that was not its turn."""
    reader = OpenStackInventory(bad.door(tmp_path), SystemClock(), patience=60, at_once=1000)
    for _ in range(SELDOM):
        reader.read()
    bad.faults[service] = "HTML"
    reader.read()
    change(bad.cloud)
    bad.faults.clear()
    seen, after = reader.read(), truth(bad.cloud)
    assert stale(seen) == set()
    for name in PARTS_OF[service] - IN_TURNS:
        assert value(seen, name) == value(after, name), name


def test_a_token_that_expires_in_the_middle_is_renewed_once_and_the_read_goes_on(
    bad: MisbehavingCloud, tmp_path: Path
) -> None:
    """Every thread is refused at the same time: one more login, every part fresh."""
    reader = OpenStackInventory(bad.door(tmp_path), SystemClock(), patience=60, at_once=1000)
    reader.read()
    assert bad.logins == 1
    bad.expire_after(5)
    seen = reader.read()
    assert (stale(seen), bad.logins) == (set(), 2)
    assert value(seen, "compute") == value(truth(bad.cloud), "compute")


def test_a_token_is_held_whatever_the_wall_clock_says_of_it(bad: MisbehavingCloud, tmp_path: Path) -> None:
    """By ours it ran out years ago: it is good as long as services take it."""
    bad.expires_at = "2001-01-01T00:00:00Z"
    reader = OpenStackInventory(bad.door(tmp_path), SystemClock(), patience=60, at_once=1000)
    for _ in range(3):
        assert stale(reader.read()) == set()
    assert bad.logins == 1


def test_a_service_that_refuses_every_token_does_not_cost_tokens(bad: MisbehavingCloud, tmp_path: Path) -> None:
    """Some at first, until it is known that new ones do not help; then none."""
    reader = OpenStackInventory(bad.door(tmp_path), SystemClock(), patience=60, at_once=1000)
    reader.read()
    bad.faults["compute"] = "401"
    reader.read()
    first = bad.logins
    for _ in range(10):
        assert stale(reader.read()) == PARTS_OF["compute"]
    assert first <= 4
    assert bad.logins == first
    bad.faults.clear()
    assert stale(reader.read()) == set()


def test_a_wall_clock_that_is_set_changes_no_age(bad: MisbehavingCloud, tmp_path: Path) -> None:
    """An hour ahead while Cinder is read, an hour back when it is down: it was read seconds ago, whatever is shown."""
    clock = SetClock()
    reader = OpenStackInventory(bad.door(tmp_path), clock, patience=60, at_once=1000)
    clock.ahead = 3600
    reader.read()
    bad.faults["block-storage"] = "500"
    for clock.ahead in (0, -3600, 86400):
        seen = reader.read()
        ages = [seen.taken_at - health.last_success for health in seen.health]
        ages += [seen.taken_at - one.read_at for one in seen.quotas]
        assert all(-1 < age < 300 for age in ages), ages
    assert stale(seen) == PARTS_OF["block-storage"]


class SetClock:
    """The wall clock, `ahead` seconds."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def now(self) -> dt.datetime:
        return SystemClock().now() + dt.timedelta(seconds=self.ahead)


def test_a_project_that_disappears_in_the_middle_takes_nothing_along(bad: MisbehavingCloud, tmp_path: Path) -> None:
    """Keystone lists it, Nova and Cinder know it no longer; the next list is without it."""
    reader = OpenStackInventory(bad.door(tmp_path), SystemClock(), patience=60, at_once=1000)
    bad.cloud.refused["q3"] = LastingRefusal("Project ID q3 is not a valid project.", status=400)
    seen = reader.read()
    assert stale(seen) == set()
    assert set(value(seen, "compute_quota")) == {one.id for one in seen.projects} - {"q3"}
    assert part(seen, "compute_quota").completeness == 0.9
    bad.cloud.projects = [one for one in bad.cloud.projects if one["id"] != "q3"]
    for _ in range(12):
        seen = reader.read()
        assert stale(seen) == set()
    assert part(seen, "compute_quota").completeness == 1


def test_two_hundred_bad_reads_leave_no_thread_and_no_descriptor(bad: MisbehavingCloud, tmp_path: Path) -> None:
    """Each with another service at fault and in another way; afterwards everything is fresh, and nothing has grown."""
    reader = OpenStackInventory(bad.door(tmp_path), SystemClock(), patience=0.5, at_once=1000)
    cases = cycle([(service, fault) for fault in FAULTS for service in PARTS_OF])
    for _ in range(65):
        bad_read(bad, reader, *next(cases))
    settle(bad, reader)
    threads, descriptors = threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(200):
        bad_read(bad, reader, *next(cases))
    settle(bad, reader)
    assert value(reader.read(), "compute") == value(truth(bad.cloud), "compute")
    assert threading.active_count() <= threads + MARGIN
    assert len(list(Path("/proc/self/fd").iterdir())) <= descriptors + MARGIN


def bad_read(bad: MisbehavingCloud, reader: OpenStackInventory, service: str, fault: str) -> None:
    """One read, and what comes of it as a page's figures; who hangs is let go afterwards."""
    bad.faults = {service: fault}
    snapshot = reader.read()
    assert all(health.up or health.error for health in snapshot.health)
    bad.faults.clear()
    bad.release()


def settle(bad: MisbehavingCloud, reader: OpenStackInventory) -> None:
    """Until everything is fresh again."""
    bad.faults.clear()
    end = time.monotonic() + 120
    while stale(reader.read()):
        assert time.monotonic() < end
        bad.release()


IN_TURNS = {"compute_quota", "volume_quota"}
"""What is asked project by project: one read shows a sixtieth of what changed."""

MARGIN = 16  # connections that the server is about to close, each with its thread
