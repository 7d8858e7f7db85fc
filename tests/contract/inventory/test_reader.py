"""The reader against made-up answers: parts, pages, Placement's gaps. What real services say is in test_cloud.py."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from threading import Event, active_count
from typing import Any

import pytest
from hand_made_cloud import FakeCloud, part, server

from orchestrator.adapters.inventory_openstack.inventory import OpenStackInventory
from orchestrator.adapters.inventory_openstack.pages import pages
from orchestrator.errors import PermanentFailure, TemporaryFailure


class Ticks:
    """A wall clock that can be set: `ahead` seconds of what it would show."""

    def __init__(self) -> None:
        self.ahead = 1_700_000_000.0 - time.monotonic()

    def now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(time.monotonic() + self.ahead, dt.UTC)


@pytest.fixture
def made() -> FakeCloud:
    return FakeCloud()


def fail(error: Exception) -> Callable[[], Any]:
    def refuse() -> Any:
        raise error

    return refuse


def test_raw_answers_become_the_snapshot(made: FakeCloud) -> None:
    """Each field from where it stands in the APIs."""
    snapshot = OpenStackInventory(made, Ticks()).read()
    assert [(one.id, one.name, one.tenant) for one in snapshot.projects] == [("p1", "alpha", "alpha")]
    first, second = snapshot.hypervisors
    assert (first.name, first.zone, first.aggregate, first.enabled) == ("a1", "north", "north-general", True)
    assert (first.inventories["VCPU"].allocatable, first.inventories["VCPU"].used) == (32, 2)
    assert (second.enabled, dict(second.inventories)) == (False, {})
    (use,) = snapshot.servers
    assert (use.host, use.zone, use.vcpus, use.memory_mib, use.disk_gib) == ("a1", "north", 2, 2048, 20 + 5 + 2)
    (pool,) = snapshot.pools
    assert (pool.backend, pool.zone, pool.total_gib, pool.free_gib, pool.allocated_gib) == (
        "ssd",
        "north",
        None,
        None,
        7,
    )
    assert [(one.network, one.total, one.used) for one in snapshot.addresses] == [("ext", 10, 3)]
    (subnet,) = snapshot.subnets
    assert (subnet.project_id, subnet.network, subnet.cidr, subnet.total, subnet.used) == (
        "p1",
        "inner",
        "10.0.0.0/24",
        250,
        9,
    )
    assert dict(snapshot.floating_ips) == {"p1": 2}
    assert all(health.up and health.last_success > 0 and not health.error for health in snapshot.health)
    assert [health.calls for health in snapshot.health] == [1, 5, 3, 3, 3, 5, 2, 1, 1]


def test_a_server_on_a_volume_takes_no_root_disk_and_one_on_no_host_has_none(made: FakeCloud) -> None:
    """Nova says `image: ""` and `host: null`."""
    shelved = {"OS-EXT-SRV-ATTR:hypervisor_hostname": None, "OS-EXT-AZ:availability_zone": ""}
    made.servers = [server("s1", image=""), server("s2", **shelved)]
    first, second = OpenStackInventory(made, Ticks()).read().servers
    assert first.disk_gib == 5 + 2
    assert (second.host, second.zone) == ("", "")


def test_a_part_that_fails_keeps_its_last_good_values(made: FakeCloud) -> None:
    """The others are fresh, and the health says which and why."""
    reader = OpenStackInventory(made, Ticks())
    before = reader.read()
    made.broken["compute"] = fail(TemporaryFailure("GET compute /servers/detail: 503", hint="look at nova"))
    made.projects = []
    after = reader.read()
    assert after.servers == before.servers
    assert after.projects == ()
    health = part(after, "compute")
    assert (health.up, health.last_success) == (False, part(before, "compute").last_success)
    assert health.error == "GET compute /servers/detail: 503; look at nova"
    assert part(after, "identity").up
    assert part(after, "identity").last_success > part(before, "identity").last_success


def test_rubbish_makes_only_its_part_stale(made: FakeCloud) -> None:
    """A list without its key, a number for a list."""
    for rubbish in ({}, 7, {"projects": [{"id": 1}]}, None):
        made.broken.clear()
        reader = OpenStackInventory(made, Ticks())
        reader.read()
        made.broken["identity"] = lambda rubbish=rubbish: rubbish
        snapshot = reader.read()
        assert "not understood" in part(snapshot, "identity").error
        assert [health.up for health in snapshot.health].count(False) == 1


def test_a_part_that_recovers_is_fresh_again(made: FakeCloud) -> None:
    """No state of the failure is left."""
    reader = OpenStackInventory(made, Ticks())
    made.broken["volume"] = made.broken["block-storage"] = fail(PermanentFailure("no"))
    assert not reader.read().known("volume")
    made.broken.clear()
    snapshot = reader.read()
    assert part(snapshot, "volume").up
    assert len(snapshot.volumes) == 1


@pytest.fixture
def hanging(made: FakeCloud) -> Iterator[Event]:
    """Neutron answers only when the event is set."""
    released = Event()

    def hang() -> Any:
        released.wait(60)
        raise TemporaryFailure("too late")

    made.broken["network"] = hang
    yield released
    released.set()


def test_a_slow_part_does_not_delay_the_others(made: FakeCloud, hanging: Event) -> None:
    """The read ends after the patience, with everything else fresh."""
    began = time.monotonic()
    snapshot = OpenStackInventory(made, Ticks(), patience=1).read()
    assert time.monotonic() - began < 30, "it would answer after a minute"
    assert "no answer after" in part(snapshot, "network").error
    assert [one.part for one in snapshot.health if not one.up] == ["network", "network_objects", "network_quota"]


def test_a_part_that_hangs_is_waited_for_once_and_costs_one_thread(made: FakeCloud, hanging: Event) -> None:
    """Fifty further reads: no second call, no waiting, no thread."""
    reader = OpenStackInventory(made, Ticks(), patience=1)
    reader.read()
    threads, began = active_count(), time.monotonic()
    for _ in range(50):
        snapshot = reader.read()
    assert time.monotonic() - began < 25, "fifty times the patience, if each waited"
    assert active_count() <= threads
    asked = Counter(path for service, path in made.asked if service == "network")
    assert asked == Counter(["networks", "networks", "subnets", "routers", "ports", "security-groups", "quotas"])
    assert part(snapshot, "network").seconds > 1


def test_lists_are_read_to_their_end() -> None:
    """By the service's own word, not by counting: a cloud may allow smaller pages than asked for."""
    asked: list[Any] = []

    class Paged:
        def get(self, service: str, path: str, *, version: str = "", params: Mapping[str, Any] | None = None) -> Any:
            start = int((params or {}).get("marker", -1)) + 1
            asked.append((params or {}).get("marker"))
            more = {"things_links": [{"rel": "next", "href": "x"}]} if start < 4 else {}
            return {"things": [{"id": str(start)}, {"id": str(start + 1)}], **more}

    assert [thing["id"] for thing in pages(Paged(), "s", "things", "things")] == ["0", "1", "2", "3", "4", "5"]
    assert asked == [None, "1", "3"]


def test_a_list_without_end_is_an_error() -> None:
    """A service that ignores the marker would be asked for ever."""

    class Circle:
        def get(self, service: str, path: str, *, version: str = "", params: Mapping[str, Any] | None = None) -> Any:
            return {"things": [{"id": "1"}], "things_links": [{"rel": "next"}]}

    with pytest.raises(PermanentFailure, match="end"):
        list(pages(Circle(), "s", "things", "things"))


def test_a_cut_list_of_projects_is_no_truth(made: FakeCloud) -> None:
    """Keystone says `truncated`; half the tenants would seem to use nothing."""
    made.broken["identity"] = lambda: {"projects": [], "truncated": True}
    assert "list_limit" in part(OpenStackInventory(made, Ticks()).read(), "identity").error


def test_without_compute_the_hosts_are_those_of_placement(made: FakeCloud) -> None:
    """Amounts are known, place and state are not."""
    made.broken["compute"] = fail(TemporaryFailure("no"))
    (host,) = OpenStackInventory(made, Ticks()).read().hypervisors
    assert (host.name, host.zone, host.inventories["VCPU"].total) == ("a1", "", 8)
