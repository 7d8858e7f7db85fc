"""The reader of Placement against made-up answers: what the candidates leave out, what is kept between reads."""

from __future__ import annotations

from hand_made_cloud import FakeCloud, inventory

from orchestrator.adapters.inventory_openstack.placement import TURNS, PlacementReader
from orchestrator.adapters.inventory_openstack.refusal import LastingRefusal


def larger(number: int) -> FakeCloud:
    """`number` providers more than u1, with 4 cores and nothing used."""
    cloud = FakeCloud()
    for uuid in (f"w{one}" for one in range(number)):
        cloud.names[uuid] = uuid
        cloud.inventories[uuid] = {"VCPU": inventory(4)}
        cloud.used[uuid] = {"VCPU": 0}
    return cloud


def test_a_provider_that_is_full_is_asked_by_itself() -> None:
    """No candidate has it; its use is known all the same."""
    cloud = FakeCloud()
    cloud.names["u2"] = "a2"
    cloud.inventories["u2"] = {"VCPU": inventory(4)}
    cloud.used["u2"] = {"VCPU": 4}
    found = PlacementReader().read(cloud)
    assert (found.inventories["a2"]["VCPU"].used, found.notice) == (4, "")
    assert ("placement", "resource_providers/u2/usages") in cloud.asked
    assert ("placement", "resource_providers/u1/usages") not in cloud.asked


def test_a_provider_without_our_classes_is_left_out_and_not_asked_again() -> None:
    """Bandwidth providers and the like: once, then in turns."""
    cloud = FakeCloud()
    cloud.names["u3"] = "nic"
    reader = PlacementReader()
    assert set(reader.read(cloud).inventories) == {"a1"}
    for _ in range(2):  # its turn is one of these
        cloud.asked.clear()
        assert set(reader.read(cloud).inventories) == {"a1"}
        asked = [path for _, path in cloud.asked if path.startswith("resource_providers/")]
        assert len({path.split("/")[1] for path in asked}) <= 1


def test_what_is_handed_out_is_known_at_once_and_totals_a_bounded_number_a_read() -> None:
    """131 providers, 32 a read: after five reads all, then two or three in turns, all of them within an hour."""
    cloud = larger(130)
    reader = PlacementReader()
    first = reader.read(cloud)
    assert len(inventory_calls(cloud)) == 32
    assert round(first.completeness, 2) == 0.24
    assert {one["VCPU"].allocatable for one in first.inventories.values()} == {4, 32}
    assert sum(one["VCPU"].used for one in first.inventories.values()) == 2
    assert [one["VCPU"].total for one in first.inventories.values()].count(None) == 131 - 32
    for _ in range(3):
        cloud.asked.clear()
        reader.read(cloud)
        assert len(inventory_calls(cloud)) == 34  # two whose turn it is, to check the bulk answer
    assert reader.read(cloud).completeness == 1
    seen: set[str] = set()
    for _ in range(TURNS):
        cloud.asked.clear()
        reader.read(cloud)
        assert len(inventory_calls(cloud)) <= 3
        seen |= set(inventory_calls(cloud))
    assert len(seen) == 131


def test_a_change_of_capacity_is_seen_at_once() -> None:
    """The candidates' capacity no longer fits what is kept."""
    cloud = FakeCloud()
    cloud.names = {"x": "x", **cloud.names}  # so that it is not u1's turn
    reader = PlacementReader()
    reader.read(cloud)
    reader.read(cloud)
    cloud.inventories["u1"]["VCPU"] = inventory(16, 2, 4.0)
    found = reader.read(cloud).inventories["a1"]["VCPU"]
    assert (found.total, found.reserved) == (16, 2)


def test_a_provider_that_vanished_is_forgotten() -> None:
    """And read anew if it comes back."""
    cloud = FakeCloud()
    reader = PlacementReader()
    reader.read(cloud)
    names, cloud.names = cloud.names, {}
    assert reader.read(cloud).inventories == {}
    cloud.names = names
    assert set(reader.read(cloud).inventories) == {"a1"}


def test_a_provider_that_vanishes_during_the_read_costs_only_itself() -> None:
    """Listed, then 404."""
    cloud = larger(3)
    cloud.names["gone"] = "gone"
    cloud.refused["gone"] = LastingRefusal("no such provider", status=404)
    assert set(PlacementReader().read(cloud).inventories) == {"a1", "w0", "w1", "w2"}


def test_a_list_of_candidates_that_was_cut_is_noticed_and_made_good() -> None:
    """`max_allocation_candidates`: those left out are asked one by one, so all figures are exact, and it is told."""
    cloud = larger(9)
    cloud.used["w8"] = {"VCPU": 3}
    reader, whole = PlacementReader(), PlacementReader().read(cloud)
    cloud.candidates = 4
    cut = reader.read(cloud)
    assert cut.inventories == whole.inventories
    assert (whole.notice, cut.completeness) == ("", 1)
    assert "6 of 10 providers are asked one by one; see max_allocation_candidates" in cut.notice
    cloud.candidates = None
    assert reader.read(cloud).notice == ""


def test_candidates_that_tell_another_use_than_the_providers_are_noticed() -> None:
    """Providers whose turn it is are asked what they have handed out, and their word counts."""
    cloud = larger(130)
    reader = PlacementReader()
    for _ in range(5):
        reader.read(cloud)
    cloud.misled = 1
    found = reader.read(cloud)
    assert "disagree about what 3 of 3 have handed out" in found.notice
    assert [one["VCPU"].used for one in found.inventories.values()].count(0) == 3


def inventory_calls(cloud: FakeCloud) -> list[str]:
    return [path for _, path in cloud.asked if path.endswith("/inventories")]
