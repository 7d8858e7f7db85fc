"""The region resolved: flavors with ids, hosts in aggregates."""

from dataclasses import replace

from example_region import example_specs

from orchestrator.model.catalogue import Flavor
from orchestrator.planning.environment import region_environment
from orchestrator.planning.environment.flavor import flavor_id


def test_hosts_that_compute_stand_in_one_aggregate_per_site_and_kind() -> None:
    """A host in maintenance stays where it is; one that does not compute is in none."""
    aggregates = {one.name: (one.zone, one.hosts) for one in region_environment(example_specs()).aggregates}
    assert aggregates == {
        "east-general": ("east", ("cmp-e1",)),
        "west-general": ("west", ("cmp-w1", "cmp-w2")),
        "west-health": ("west", ("cmp-w3",)),
    }


def test_an_aggregate_says_what_its_site_is_certified_for() -> None:
    """Under names of ours, which no flavor asks for by accident."""
    metadata = {one.name: one.metadata for one in region_environment(example_specs()).aggregates}
    assert metadata["west-general"]["mutualis_certifications"] == "HDS"
    assert "mutualis_certifications" not in metadata["east-general"]
    assert all(key.startswith("mutualis_") for one in metadata.values() for key in one)


def test_a_flavor_of_an_aggregate_asks_for_what_the_aggregate_says() -> None:
    """On every site that has it; the id stays, for the size is the same, and other extra specs stay too."""
    specs = example_specs()
    health = replace(specs.catalogue.flavors["large"], aggregate="health")
    specs = replace(specs, catalogue=replace(specs.catalogue, flavors={"large": health}))
    environment = region_environment(specs)
    (flavor,) = environment.flavors
    asked = flavor.flavor.extra_specs["aggregate_instance_extra_specs:mutualis_aggregate"]
    standing = [one.name for one in environment.aggregates if one.metadata["mutualis_aggregate"] == asked]
    assert standing == ["west-health"]
    assert flavor.flavor.extra_specs["hw:cpu_policy"] == "x"
    assert flavor.flavor_id == flavor_id(replace(health, aggregate=""))


def test_another_size_is_another_flavor_and_other_extra_specs_are_not() -> None:
    """Nova cannot change a flavor's size, so servers must see another id to be resized."""
    small = Flavor(name="small", vcpus=2, memory_mib=4096, disk_gib=20)
    assert flavor_id(small) == flavor_id(replace(small, extra_specs={"hw:numa_nodes": "1"}))
    others = [replace(small, vcpus=4), replace(small, memory_mib=1), replace(small, disk_gib=1)]
    assert len({flavor_id(one) for one in (small, *others)}) == 4
    assert flavor_id(small).startswith("small-")
