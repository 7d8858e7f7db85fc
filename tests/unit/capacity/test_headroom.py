"""What still goes in, by hand and beside the judgement: one arithmetic."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestrator.capacity.ground import Ground, ground
from orchestrator.capacity.headroom.headroom import headroom
from orchestrator.capacity.hosts import HostSupply
from orchestrator.capacity.judgement import judgement
from orchestrator.capacity.what_if.answer import fit_now
from orchestrator.capacity.what_if.change import domain, lose
from orchestrator.model.capacity import GIB, MIB, Resource, Source
from orchestrator.model.catalogue import Flavor
from orchestrator.model.headroom import Headroom, Lost
from orchestrator.model.region import FailureDomain, Reserve
from orchestrator.model.snapshot import InventorySnapshot, ServerUse
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Guarantee, Server

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
BIG = Flavor(name="big", vcpus=8, memory_mib=32 * 1024, disk_gib=0)
SMALL = Flavor(name="small", vcpus=2, memory_mib=4 * 1024, disk_gib=0)
BOUND = Flavor(name="bound", vcpus=2, memory_mib=4 * 1024, disk_gib=0, aggregate="gpu")


def host(name: str, memory: int, *, used: int = 0, aggregate: str = "general", rack: str = "r1") -> HostSupply:
    """A host of site north with `memory` GiB, of which `used` is taken, and two vcpus for each."""
    size = {Resource.VCPUS: memory * 2, Resource.MEMORY: memory * GIB}
    return HostSupply(
        name=name,
        site="north",
        aggregate=aggregate,
        rack=rack,
        usable=True,
        physical=size,
        allocatable=size,
        used={Resource.VCPUS: used, Resource.MEMORY: used * GIB},
    )


def region(specs: Specs, *hosts: HostSupply, flavors: tuple[Flavor, ...] = (BIG, SMALL)) -> Ground:
    catalogue = replace(specs.catalogue, flavors={one.name: one for one in flavors})
    quiet = {name: replace(one, guarantee=Guarantee()) for name, one in specs.tenants.items()}
    own = replace(specs, catalogue=catalogue, tenants=quiet, region=replace(specs.region, reserve=Reserve()), hosts={})
    return Ground(specs=own, hosts=hosts, source=Source.CLOUD)


def slots(found: Headroom, flavor: str, lost: Lost = Lost.NONE) -> dict[str, int]:
    """Site and aggregate -> servers."""
    lines = [line for line in found.slots if (line.flavor, line.lost) == (flavor, lost)]
    return {f"{line.site}/{line.aggregate}": line.servers for line in lines}


def free(found: Headroom, lost: Lost = Lost.NONE) -> dict[str, int]:
    """Site and aggregate -> GiB of memory."""
    lines = [line for line in found.free if (line.resource, line.lost) == (Resource.MEMORY, lost)]
    return {f"{line.site}/{line.aggregate}": line.amount // GIB for line in lines}


def test_a_server_goes_on_one_host_and_not_on_two_halves(specs: Specs) -> None:
    """Two hosts with 16 GiB free each: 32 GiB free, room for no server of 32 and for eight of 4."""
    found = headroom(region(specs, host("a", 64, used=48), host("b", 64, used=48)))
    assert free(found) == {"north/general": 32}
    assert slots(found, "big") == {"north/general": 0}
    assert slots(found, "small") == {"north/general": 8}


def test_a_bound_flavor_has_slots_in_its_aggregate_alone(specs: Specs) -> None:
    """The others have them everywhere, each aggregate its own."""
    hosts = (host("a", 8), host("g", 16, aggregate="gpu"))
    found = headroom(region(specs, *hosts, flavors=(SMALL, BOUND)))
    assert slots(found, "bound") == {"north/gpu": 4}
    assert slots(found, "small") == {"north/general": 2, "north/gpu": 4}


def test_after_a_loss_what_stood_there_is_placed_first(specs: Specs) -> None:
    """64 GiB on each of three hosts, 32 taken on each: after a loss 2 x 32 are free, 32 of them for the lost one's."""
    found = headroom(region(specs, *(host(name, 64, used=32) for name in "abc")))
    assert slots(found, "small") == {"north/general": 24}
    assert slots(found, "small", Lost.HOST) == {"north/general": 8}
    assert free(found, Lost.HOST) == {"north/general": 32}
    assert [(line.lost, line.servers > 0) for line in found.stranded] == [(Lost.HOST, False), (Lost.RACK, True)]


def test_what_finds_no_host_after_a_loss_is_counted(specs: Specs) -> None:
    """Two hosts of 64 GiB with 48 taken on each: 32 GiB are missing, the free amount is below 0."""
    given_ = region(specs, host("a", 64, used=48), host("b", 64, used=48))
    found = headroom(given_)
    assert free(found, Lost.HOST) == {"north/general": -32}
    assert found.stranded[0].servers > 0
    assert slots(found, "big", Lost.HOST) == {"north/general": 0}


def test_servers_that_are_seen_move_as_they_are(specs: Specs, snapshot: InventorySnapshot) -> None:
    """One of 32 GiB finds no host where 4 x 16 are free; the same amount unseen would go as parts."""
    hosts = (host("a", 80, used=32), *(host(name, 64, used=48) for name in "bcde"))
    whole = ServerUse(
        project_id="p1", zone="north", host="a", status="ACTIVE", vcpus=32, memory_mib=32 * 1024, disk_gib=0
    )
    unseen = region(specs, *hosts, flavors=(SMALL,))
    seen = replace(unseen, snapshot=replace(snapshot, servers=(whole,)))
    for given_, homeless in ((unseen, 0), (seen, 1)):
        first = headroom(given_).stranded[0]
        assert (first.lost, first.domain, first.servers) == (Lost.HOST, "a", homeless)


def test_the_largest_rack_takes_all_its_hosts(specs: Specs) -> None:
    """48 of 64 GiB hang in rack r1; hosts without a rack are in none."""
    racks = {"a": "r1", "b": "r1", "c": "r2", "d": ""}
    found = headroom(region(specs, *(host(name, 24 if rack == "r1" else 8, rack=rack) for name, rack in racks.items())))
    assert free(found, Lost.RACK) == {"north/general": 16}
    assert slots(found, "small", Lost.RACK) == {"north/general": 4}
    assert {line.domain for line in found.slots if line.lost is Lost.RACK} == {"north/r1"}


def test_with_a_site_lost_the_others_room_is_told(specs: Specs) -> None:
    """North loses itself and has south's 16 GiB; a region of one site has no such line."""
    south = replace(host("s", 16), site="south")
    found = headroom(region(specs, host("n", 64), south))
    assert free(found, Lost.SITE) == {"north/general": 16, "south/general": 64}
    assert slots(found, "small", Lost.SITE) == {"north/general": 4, "south/general": 16}
    assert free(headroom(region(specs, host("n", 64))), Lost.SITE) == {}


def test_hosts_out_of_use_have_no_room_and_are_not_lost(specs: Specs) -> None:
    """What stands on them is not counted against the others."""
    out = replace(host("m", 64, used=60), usable=False)
    found = headroom(region(specs, host("a", 16), out))
    assert free(found) == {"north/general": 16}
    assert free(found, Lost.HOST) == {"north/general": 0}
    assert free(headroom(region(specs, out))) == {"north/general": 0}


HOSTS = st.lists(
    st.tuples(st.integers(1, 90), st.sampled_from(["general", "gpu"]), st.sampled_from(["r1", "r2"])),
    min_size=1,
    max_size=6,
)
FLAVORS = st.builds(
    Flavor,
    name=st.just("any"),
    vcpus=st.integers(1, 70),
    memory_mib=st.integers(1, 40).map(lambda gib: gib * 1024),
    disk_gib=st.just(0),
    aggregate=st.sampled_from(["", "gpu"]),
)


def made(sizes: list[tuple[int, str, str]]) -> tuple[HostSupply, ...]:
    return tuple(host(f"h{n}", size, aggregate=where, rack=rack) for n, (size, where, rack) in enumerate(sizes))


@FEW
@given(HOSTS, FLAVORS)
def test_so_many_servers_are_placed_by_the_judgement_and_not_one_more(
    specs: Specs, sizes: list[tuple[int, str, str]], flavor: Flavor
) -> None:
    """Slots of an empty region: what may be guaranteed of that flavor, whole servers, is exactly that."""
    empty = region(specs, *made(sizes), flavors=(flavor,))
    number = sum(slots(headroom(empty), "any").values())
    for count in (number, number + 1):
        servers = tuple(
            Server(name=f"s{n}", display_name="", project="alpha", flavor="any", image="i", networks=())
            for n in range(count)
        )
        share = Guarantee(vcpus=count * flavor.vcpus, memory_mib=count * flavor.memory_mib)
        alpha = replace(empty.specs.tenants["alpha"], guarantee=share, servers=servers)
        asked = replace(empty, specs=replace(empty.specs, tenants={"alpha": alpha}))
        assert fit_now(asked).fits_hosts == judgement(asked).fits_hosts == (count <= number)


@FEW
@given(HOSTS, FLAVORS, st.sampled_from([FailureDomain.HOST, FailureDomain.RACK]))
def test_slots_after_a_loss_are_those_of_the_region_without_it(
    specs: Specs, sizes: list[tuple[int, str, str]], flavor: Flavor, kind: FailureDomain
) -> None:
    """On empty hosts: the same as losing that domain in a what-if."""
    empty = region(specs, *made(sizes), flavors=(flavor,))
    lines = [line for line in headroom(empty).slots if line.lost is Lost(kind.value)]
    assert lines or flavor.aggregate
    for line in lines:
        after = headroom(lose(empty, domain(empty, kind, line.domain)))
        assert line.servers == slots(after, "any").get(f"north/{line.aggregate}", 0)


def test_memory_in_base_units(specs: Specs) -> None:
    """Bytes, as everywhere in the model."""
    (line,) = [
        one
        for one in headroom(ground(specs)).free
        if (one.site, one.aggregate, one.resource, one.lost) == ("south", "general", Resource.MEMORY, Lost.NONE)
    ]
    assert line.amount == 96 * 1024 * MIB


def test_servers_whose_host_may_not_be_seen_are_not_told_as_stranded(specs: Specs, snapshot: InventorySnapshot) -> None:
    """What Placement has given out goes in parts; how many servers these are, nobody knows."""
    hidden = replace(snapshot, servers=tuple(replace(one, host="") for one in snapshot.servers))
    unseen = region(specs, host("a", 64, used=48), host("b", 64, used=48))
    assert headroom(replace(unseen, snapshot=snapshot)).stranded != ()
    assert headroom(replace(unseen, snapshot=hidden)).stranded == ()
