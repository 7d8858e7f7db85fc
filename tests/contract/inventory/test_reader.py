"""The reader against made-up answers: parts, pages, Placement's gaps. What real services say is in test_cloud.py."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping
from threading import Event, Lock, active_count
from typing import Any

import pytest

from orchestrator.adapters.inventory_openstack.inventory import OpenStackInventory
from orchestrator.adapters.inventory_openstack.pages import pages
from orchestrator.adapters.inventory_openstack.placement import TURNS, PlacementReader
from orchestrator.errors import PermanentFailure, TemporaryFailure
from orchestrator.model.snapshot import InventorySnapshot, PartHealth


class Ticks:
    """A clock that moves on one second a look."""

    def __init__(self) -> None:
        self._seconds = 0

    def now(self) -> dt.datetime:
        self._seconds += 1
        return dt.datetime.fromtimestamp(self._seconds, dt.UTC)


def server(uuid: str, **changed: Any) -> dict[str, Any]:
    flavor = {"vcpus": 2, "ram": 2048, "disk": 20, "ephemeral": 5, "swap": 1500}
    return {
        "id": uuid,
        "tenant_id": "p1",
        "status": "ACTIVE",
        "image": {"id": "i"},
        "flavor": flavor,
        "OS-EXT-AZ:availability_zone": "north",
        "OS-EXT-SRV-ATTR:hypervisor_hostname": "a1",
        **changed,
    }


def inventory(total: int, reserved: int = 0, ratio: float = 1.0) -> dict[str, Any]:
    return {"total": total, "reserved": reserved, "allocation_ratio": ratio}


class FakeCloud:
    """A door whose answers are set by hand; `broken`: service -> what to do instead of answering."""

    def __init__(self) -> None:
        self.broken: dict[str, Callable[[], Any]] = {}
        self.asked: list[tuple[str, str]] = []
        self._lock = Lock()
        self.projects: list[dict[str, Any]] = [{"id": "p1", "name": "alpha", "tags": ["mutualis", "tenant=alpha"]}]
        self.servers = [server("s1")]
        self.inventories = {"u1": {"VCPU": inventory(8, 0, 4.0), "MEMORY_MB": inventory(4096, 512)}}
        self.used = {"u1": {"VCPU": 2, "MEMORY_MB": 1024}}
        self.names = {"u1": "a1"}

    def get(self, service: str, path: str, *, version: str = "", params: Mapping[str, Any] | None = None) -> Any:
        with self._lock:
            self.asked.append((service, path))
        if service in self.broken:
            return self.broken[service]()
        answers: dict[str, Callable[[], Any]] = {
            "projects": lambda: {"projects": self.projects},
            "os-aggregates": lambda: {
                "aggregates": [
                    {"id": 1, "name": "ssd-hosts", "availability_zone": None, "hosts": ["a1"]},
                    {"id": 2, "name": "north-general", "availability_zone": "north", "hosts": ["a1"]},
                ]
            },
            "os-hypervisors/detail": lambda: {
                "hypervisors": [
                    {"id": "h1", "hypervisor_hostname": "a1", "service": {"host": "a1"}, "state": "up",
                     "status": "enabled"},
                    {"id": "h2", "hypervisor_hostname": "a2", "service": {"host": "a2"}, "state": "down",
                     "status": "enabled"},
                ]
            },
            "servers/detail": lambda: {"servers": self.servers},
            "os-services": lambda: {"services": [{"host": "c@ssd", "zone": "north"}]},
            "scheduler-stats/get_pools": lambda: {"pools": [
                {"name": "c@ssd#pool", "capabilities": {"total_capacity_gb": "infinite", "free_capacity_gb": "unknown",
                                                        "allocated_capacity_gb": 7}}]},
            "volumes/detail": lambda: {"volumes": [
                {"id": "v1", "os-vol-tenant-attr:tenant_id": "p1", "availability_zone": "nova", "volume_type": "fast",
                 "size": 7, "status": "available"}]},
            "networks": lambda: {"networks": [{"id": "n1", "name": "ext"}]},
            "network-ip-availabilities": lambda: {"network_ip_availabilities": [
                {"network_id": "n1", "network_name": "ext", "total_ips": 10, "used_ips": 3},
                {"network_id": "n2", "network_name": "inner", "total_ips": 250, "used_ips": 9}]},
            "floatingips": lambda: {"floatingips": [{"id": name, "project_id": "p1"} for name in ("f1", "f2")]},
            "resource_providers": lambda: {
                "resource_providers": [{"uuid": uuid, "name": name} for uuid, name in self.names.items()]},
            "allocation_candidates": lambda: self._candidates(str((params or {})["resources"]).removesuffix(":1")),
        }  # fmt: skip
        return answers[path]() if path in answers else self._provider(*path.split("/")[1:])

    def _candidates(self, name: str) -> dict[str, Any]:
        """As Placement does: a provider with a unit of the class left, with all its classes."""
        capacity = {
            uuid: {one: int((i["total"] - i["reserved"]) * i["allocation_ratio"]) for one, i in classes.items()}
            for uuid, classes in self.inventories.items()
        }
        able = [uuid for uuid in capacity if self.used[uuid].get(name, 0) < capacity[uuid].get(name, 0)]
        return {
            "provider_summaries": {
                uuid: {"resources": {one: {"capacity": c, "used": self.used[uuid][one]}
                                     for one, c in capacity[uuid].items()}}
                for uuid in able
            }
        }  # fmt: skip

    def _provider(self, uuid: str, what: str) -> dict[str, Any]:
        return {what: self.inventories.get(uuid, {}) if what == "inventories" else self.used.get(uuid, {})}


@pytest.fixture
def cloud() -> FakeCloud:
    return FakeCloud()


def part(snapshot: InventorySnapshot, name: str) -> PartHealth:
    return next(health for health in snapshot.health if health.part == name)


def fail(error: Exception) -> Callable[[], Any]:
    def refuse() -> Any:
        raise error

    return refuse


def test_raw_answers_become_the_snapshot(cloud: FakeCloud) -> None:
    """Each field from where it stands in the APIs."""
    snapshot = OpenStackInventory(cloud, Ticks()).read()
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
    assert dict(snapshot.floating_ips) == {"p1": 2}
    assert all(health.up and health.last_success > 0 and not health.error for health in snapshot.health)
    assert [health.calls for health in snapshot.health] == [1, 5, 3, 3, 3]


def test_a_server_on_a_volume_takes_no_root_disk_and_one_on_no_host_has_none(cloud: FakeCloud) -> None:
    """Nova says `image: ""` and `host: null`."""
    shelved = {"OS-EXT-SRV-ATTR:hypervisor_hostname": None, "OS-EXT-AZ:availability_zone": ""}
    cloud.servers = [server("s1", image=""), server("s2", **shelved)]
    first, second = OpenStackInventory(cloud, Ticks()).read().servers
    assert first.disk_gib == 5 + 2
    assert (second.host, second.zone) == ("", "")


def test_a_part_that_fails_keeps_its_last_good_values(cloud: FakeCloud) -> None:
    """The others are fresh, and the health says which and why."""
    reader = OpenStackInventory(cloud, Ticks())
    before = reader.read()
    cloud.broken["compute"] = fail(TemporaryFailure("GET compute /servers/detail: 503", hint="look at nova"))
    cloud.projects = []
    after = reader.read()
    assert after.servers == before.servers
    assert after.projects == ()
    health = part(after, "compute")
    assert (health.up, health.last_success) == (False, part(before, "compute").last_success)
    assert health.error == "GET compute /servers/detail: 503; look at nova"
    assert part(after, "identity").up
    assert part(after, "identity").last_success > part(before, "identity").last_success


def test_rubbish_makes_only_its_part_stale(cloud: FakeCloud) -> None:
    """A list without its key, a number for a list."""
    for rubbish in ({}, 7, {"projects": [{"id": 1}]}, None):
        cloud.broken["identity"] = lambda rubbish=rubbish: rubbish
        snapshot = OpenStackInventory(cloud, Ticks()).read()
        assert "not understood" in part(snapshot, "identity").error
        assert [health.up for health in snapshot.health].count(False) == 1


def test_a_part_that_recovers_is_fresh_again(cloud: FakeCloud) -> None:
    """No state of the failure is left."""
    reader = OpenStackInventory(cloud, Ticks())
    cloud.broken["volume"] = cloud.broken["block-storage"] = fail(PermanentFailure("no"))
    assert not reader.read().known("volume")
    cloud.broken.clear()
    snapshot = reader.read()
    assert part(snapshot, "volume").up
    assert len(snapshot.volumes) == 1


@pytest.fixture
def hanging(cloud: FakeCloud) -> Iterator[Event]:
    """Neutron answers only when the event is set."""
    released = Event()

    def hang() -> Any:
        released.wait(10)
        raise TemporaryFailure("too late")

    cloud.broken["network"] = hang
    yield released
    released.set()


def test_a_slow_part_does_not_delay_the_others(cloud: FakeCloud, hanging: Event) -> None:
    """The read ends after the patience, with everything else fresh."""
    began = time.monotonic()
    snapshot = OpenStackInventory(cloud, Ticks(), patience=0.2).read()
    assert time.monotonic() - began < 1
    assert "no answer after" in part(snapshot, "network").error
    assert [health.part for health in snapshot.health if not health.up] == ["network"]


def test_a_part_that_hangs_is_waited_for_once_and_costs_one_thread(cloud: FakeCloud, hanging: Event) -> None:
    """Fifty further reads: no second call, no waiting, no thread."""
    reader = OpenStackInventory(cloud, Ticks(), patience=0.2)
    reader.read()
    threads, began = active_count(), time.monotonic()
    for _ in range(50):
        snapshot = reader.read()
    assert time.monotonic() - began < 1.5
    assert active_count() <= threads
    assert [asked for asked in cloud.asked if asked[0] == "network"] == [("network", "networks")]
    assert part(snapshot, "network").seconds > 0.2


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


def test_a_cut_list_of_projects_is_no_truth(cloud: FakeCloud) -> None:
    """Keystone says `truncated`; half the tenants would seem to use nothing."""
    cloud.broken["identity"] = lambda: {"projects": [], "truncated": True}
    assert "list_limit" in part(OpenStackInventory(cloud, Ticks()).read(), "identity").error


def test_a_provider_that_is_full_is_asked_by_itself(cloud: FakeCloud) -> None:
    """No candidate has it; its use is known all the same."""
    cloud.names["u2"] = "a2"
    cloud.inventories["u2"] = {"VCPU": inventory(4)}
    cloud.used["u2"] = {"VCPU": 4}
    assert PlacementReader().read(cloud)["a2"]["VCPU"].used == 4
    assert ("placement", "resource_providers/u2/usages") in cloud.asked
    assert ("placement", "resource_providers/u1/usages") not in cloud.asked


def test_a_provider_without_our_classes_is_left_out_and_not_asked_again(cloud: FakeCloud) -> None:
    """Bandwidth providers and the like: once, then in turns."""
    cloud.names["u3"] = "nic"
    reader = PlacementReader()
    assert set(reader.read(cloud)) == {"a1"}
    reader.read(cloud)  # its turn
    cloud.asked.clear()
    reader.read(cloud)
    assert not [path for _, path in cloud.asked if "u3" in path]


def test_inventories_are_read_once_and_then_in_turns(cloud: FakeCloud) -> None:
    """130 providers: all at first, then two or three a read, all of them within an hour."""
    for number in range(129):
        uuid = f"w{number}"
        cloud.names[uuid] = uuid
        cloud.inventories[uuid] = {"VCPU": inventory(4)}
        cloud.used[uuid] = {"VCPU": 0}
    reader = PlacementReader()
    reader.read(cloud)
    first = inventory_calls(cloud)
    seen: set[str] = set()
    for _ in range(TURNS):
        cloud.asked.clear()
        reader.read(cloud)
        assert len(inventory_calls(cloud)) <= 3
        seen |= set(inventory_calls(cloud))
    assert len(first) == len(seen) == 130


def test_a_change_of_capacity_is_seen_at_once(cloud: FakeCloud) -> None:
    """The candidates' capacity no longer fits what is kept."""
    cloud.names = {"x": "x", **cloud.names}  # so that it is not u1's turn
    reader = PlacementReader()
    reader.read(cloud)
    reader.read(cloud)
    cloud.inventories["u1"]["VCPU"] = inventory(16, 2, 4.0)
    found = reader.read(cloud)["a1"]["VCPU"]
    assert (found.total, found.reserved) == (16, 2)


def test_a_provider_that_vanished_is_forgotten(cloud: FakeCloud) -> None:
    """And read anew if it comes back."""
    reader = PlacementReader()
    reader.read(cloud)
    names, cloud.names = cloud.names, {}
    assert reader.read(cloud) == {}
    cloud.names = names
    assert set(reader.read(cloud)) == {"a1"}


def test_without_compute_the_hosts_are_those_of_placement(cloud: FakeCloud) -> None:
    """Amounts are known, place and state are not."""
    cloud.broken["compute"] = fail(TemporaryFailure("no"))
    (host,) = OpenStackInventory(cloud, Ticks()).read().hypervisors
    assert (host.name, host.zone, host.inventories["VCPU"].total) == ("a1", "", 8)


def inventory_calls(cloud: FakeCloud) -> list[str]:
    return [path for _, path in cloud.asked if path.endswith("/inventories")]
