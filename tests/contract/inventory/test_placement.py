"""The reader of Placement against made-up answers: what the candidates leave out, what is kept between reads."""

from __future__ import annotations

from hand_made_cloud import FakeCloud, inventory

from orchestrator.adapters.inventory_openstack.placement import TURNS, PlacementReader


def test_a_provider_that_is_full_is_asked_by_itself() -> None:
    """No candidate has it; its use is known all the same."""
    cloud = FakeCloud()
    cloud.names["u2"] = "a2"
    cloud.inventories["u2"] = {"VCPU": inventory(4)}
    cloud.used["u2"] = {"VCPU": 4}
    assert PlacementReader().read(cloud)["a2"]["VCPU"].used == 4
    assert ("placement", "resource_providers/u2/usages") in cloud.asked
    assert ("placement", "resource_providers/u1/usages") not in cloud.asked


def test_a_provider_without_our_classes_is_left_out_and_not_asked_again() -> None:
    """Bandwidth providers and the like: once, then in turns."""
    cloud = FakeCloud()
    cloud.names["u3"] = "nic"
    reader = PlacementReader()
    assert set(reader.read(cloud)) == {"a1"}
    reader.read(cloud)  # its turn
    cloud.asked.clear()
    reader.read(cloud)
    assert not [path for _, path in cloud.asked if "u3" in path]


def test_inventories_are_read_once_and_then_in_turns() -> None:
    """130 providers: all at first, then two or three a read, all of them within an hour."""
    cloud = FakeCloud()
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


def test_a_change_of_capacity_is_seen_at_once() -> None:
    """The candidates' capacity no longer fits what is kept."""
    cloud = FakeCloud()
    cloud.names = {"x": "x", **cloud.names}  # so that it is not u1's turn
    reader = PlacementReader()
    reader.read(cloud)
    reader.read(cloud)
    cloud.inventories["u1"]["VCPU"] = inventory(16, 2, 4.0)
    found = reader.read(cloud)["a1"]["VCPU"]
    assert (found.total, found.reserved) == (16, 2)


def test_a_provider_that_vanished_is_forgotten() -> None:
    """And read anew if it comes back."""
    cloud = FakeCloud()
    reader = PlacementReader()
    reader.read(cloud)
    names, cloud.names = cloud.names, {}
    assert reader.read(cloud) == {}
    cloud.names = names
    assert set(reader.read(cloud)) == {"a1"}


def inventory_calls(cloud: FakeCloud) -> list[str]:
    return [path for _, path in cloud.asked if path.endswith("/inventories")]
