"""Where the servers of one host go, by arithmetic alone."""

from __future__ import annotations

from dataclasses import replace

from fake_host_services import carried_server

from orchestrator.capacity.draining import departures
from orchestrator.capacity.hosts import HostSupply
from orchestrator.model.capacity import GIB, Resource
from orchestrator.model.host_duty import ServerGroup


def host(name: str, *, vcpus: int = 8, used: int = 0, aggregate: str = "general", usable: bool = True) -> HostSupply:
    whole = {Resource.VCPUS: vcpus, Resource.MEMORY: 16 * GIB, Resource.DISK: 500 * GIB}
    return HostSupply(
        name=name,
        site="nord",
        aggregate=aggregate,
        usable=usable,
        physical=whole,
        allocatable=whole,
        used={Resource.VCPUS: used},
    )


OLD = host("old")


def test_servers_go_to_hosts_of_their_aggregate_that_have_room() -> None:
    """Each gets the host on which it was packed, then the others on which it may stand."""
    servers = [carried_server(f"s{n}", "old", vcpus=3) for n in range(3)]
    found = departures(OLD, [OLD, host("a", vcpus=6), host("b", vcpus=3)], servers)
    taken = [targets[0] for targets in found.targets.values()]
    assert sorted(taken) == ["a", "a", "b"]
    assert all({*targets} == {"a", "b"} for targets in found.targets.values())
    assert found.left == ()


def test_other_aggregates_maintenance_and_the_host_itself_are_no_places() -> None:
    """However much room they have."""
    others = [OLD, host("medical", aggregate="medical"), host("off", usable=False)]
    server = carried_server("s1", "old", vcpus=2, memory_mib=4096)
    found = departures(OLD, others, [server])
    assert found.left == (server,)
    assert found.missing[Resource.VCPUS] == 2
    assert found.missing[Resource.MEMORY] == 4 * GIB
    assert found.hole is None


def test_what_stands_there_takes_room_and_what_is_missing_is_counted() -> None:
    """A sum that fits is not enough: each server must fit on one host."""
    servers = [carried_server("big", "old", vcpus=4), carried_server("small", "old", vcpus=1)]
    found = departures(OLD, [OLD, host("a", used=6), host("b", used=6)], servers)
    assert [one.name for one in found.left] == ["big"]
    assert found.missing[Resource.VCPUS] == 4
    assert found.hole is not None


def test_servers_of_a_group_stay_apart() -> None:
    """From each other, and from members that stand elsewhere already."""
    servers = [carried_server("g1", "old"), carried_server("g2", "old")]
    group = ServerGroup(id="g", policy="anti-affinity", members=("id-g1", "id-g2", "id-g3"))
    hosts = [OLD, host("a"), host("b"), host("c")]
    found = departures(OLD, hosts, servers, [group], {"g": frozenset({"a"})})
    assert {targets[0] for targets in found.targets.values()} == {"b", "c"}
    assert all("a" not in targets for targets in found.targets.values())


def test_where_hosts_have_no_disks_servers_need_none() -> None:
    """Disks are elsewhere then (Ceph): Placement has no such class."""
    bare = host("a")
    bare = replace(bare, allocatable={key: value for key, value in bare.allocatable.items() if key != Resource.DISK})
    found = departures(OLD, [OLD, bare], [carried_server("s1", "old", disk_gib=9999)])
    assert found.left == ()
