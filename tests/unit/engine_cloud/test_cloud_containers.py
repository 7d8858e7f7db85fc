"""Containers of an object store: names and headers instead of ids and bodies."""

from typing import Any

import pytest
from fake_swift import FakeSwift

from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.provider import Change, Created, ProviderError

CONTAINER = "openstack:objectstorage/container:Container"
PROVIDER = OpenStackProvider()


def checked(**inputs: Any) -> Any:
    done = PROVIDER.check(CONTAINER, "x", {"name": "files", **inputs})
    assert done.failures == ()
    return done.inputs


def made(swift: FakeSwift, **inputs: Any) -> Created:
    return swift.session().create(CONTAINER, checked(**inputs), seconds=5, created=lambda _: None)


@pytest.fixture
def swift() -> FakeSwift:
    return FakeSwift()


def test_a_container_is_recorded_as_the_official_engine_expects_it(swift: FakeSwift) -> None:
    """Its name is its id, and the version of its schema stands beside its values, or that engine upgrades it."""
    container = made(swift, metadata={"Owner": "mairie"}, containerRead=".r:*")

    assert container.id == "files"
    assert container.outputs["__meta"] == '{"schema_version":"1"}'
    assert container.outputs["metadata"] == {"Owner": "mairie"}
    assert PROVIDER.diff(CONTAINER, old_outputs=container.outputs, inputs=checked(metadata={"Owner": "mairie"},
                         containerRead=".r:*"), old_inputs={}).change is Change.SAME  # fmt: skip


def test_a_container_that_is_in_use_is_not_taken_over(swift: FakeSwift) -> None:
    """The store says yes to making one twice; what stands in it is left as it is."""
    swift.containers["files"] = {"X-Container-Meta-Owner": "other"}

    with pytest.raises(ProviderError, match=r"container 'files' exists already and is in use.*import_"):
        made(swift, metadata={"Owner": "ours"})
    assert swift.containers["files"] == {"X-Container-Meta-Owner": "other"}
    assert swift.session().find(CONTAINER, checked(metadata={"Owner": "ours"})) == ()


def test_one_whose_answer_was_lost_is_found_again(swift: FakeSwift) -> None:
    """Bare as it was made, or with what was asked for; never with objects in it."""
    inputs = checked(metadata={"Owner": "ours"})
    swift.containers["files"] = {}
    assert swift.session().find(CONTAINER, inputs) == ("files",)
    resumed = swift.session().resume(CONTAINER, "files", inputs, seconds=5)
    assert resumed is not None
    assert swift.containers["files"] == {"X-Container-Meta-Owner": "ours"}
    assert swift.session().find(CONTAINER, inputs) == ("files",)
    swift.objects["files"] = [{"name": "deed.pdf"}]
    assert swift.session().find(CONTAINER, inputs) == ()


def test_metadata_change_key_by_key(swift: FakeSwift) -> None:
    """Headers keep no case; keys of others stay, a key that was taken away goes, and drift is seen."""
    container = made(swift, metadata={"Owner": "mairie", "Floor": "1"})
    swift.containers["files"]["X-Container-Meta-Theirs"] = "x"
    inputs = checked(metadata={"owner": "région"})

    outputs = swift.session().update(CONTAINER, "files", container.outputs, inputs, seconds=5)

    assert outputs["metadata"] == {"owner": "région"}
    assert "X-Container-Meta-Theirs" in swift.containers["files"]
    assert "X-Container-Meta-Floor" not in swift.containers["files"]
    swift.containers["files"]["X-Container-Meta-Owner"] = "other"
    read = swift.session().read(CONTAINER, "files", inputs, outputs)
    assert read is not None
    assert read.inputs["metadata"] == {"owner": "other"}


def test_ways_of_keeping_versions_change_in_an_order_that_the_store_takes(swift: FakeSwift) -> None:
    """The old one ends before the new one begins."""
    container = made(swift, versioningLegacy={"type": "history", "location": "old"})
    swift.sent.clear()

    swift.session().update(CONTAINER, "files", container.outputs, checked(versioning=True), seconds=5)

    steps = [set(options["headers"]) for method, _, options in swift.sent if method == "POST"]
    assert steps == [{"X-Remove-Versions-Location", "X-Remove-History-Location"}, {"X-Versions-Enabled"}]


@pytest.mark.parametrize(("prop", "value", "header"), [
    ("versioning", True, "X-Versions-Enabled"),
        ("storageClass", "cold", "X-Object-Storage-Class"),
        ("metadata", {"Fl_oor": "1"}, "X-Container-Meta-Fl_oor"),
])  # fmt: skip
def test_what_the_store_ignores_is_told(prop: str, value: Any, header: str) -> None:
    """It takes headers that it does not know without a word."""
    container = made(FakeSwift(without=(header,)), **{prop: value})

    (problem,) = container.problems
    assert problem.startswith(f"container 'files': the object store took {prop} and did not keep it; in project own")


def test_a_container_that_holds_objects_is_deleted_only_by_force(swift: FakeSwift) -> None:
    """With all versions of them."""
    container = made(swift, forceDestroy=False)
    swift.objects["files"] = [{"name": "a b"}, {"name": "c", "version_id": "1"}, {"name": "c", "version_id": "2"}]
    with pytest.raises(ProviderError, match=r"'files' is not empty \(3 objects\): DELETE object-store /files: 409"):
        swift.session().delete(CONTAINER, "files", container.outputs, seconds=5)

    swift.session().delete(CONTAINER, "files", {**container.outputs, "forceDestroy": True}, seconds=5)

    assert swift.containers == {}


def test_rules_of_access_are_compared_by_their_meaning() -> None:
    """The store rewrites them."""
    old = {"name": "files", "containerRead": ".r:*,.rlistings"}
    same = PROVIDER.diff(CONTAINER, old_outputs=old, inputs=checked(containerRead=".rlistings, .referrer:*"),
                         old_inputs={})  # fmt: skip
    other = PROVIDER.diff(CONTAINER, old_outputs=old, inputs=checked(containerRead=".r:*"), old_inputs={})

    assert (same.change, other.change) == (Change.SAME, Change.UPDATE)


def test_a_value_cannot_break_out_of_its_header(swift: FakeSwift) -> None:
    """A line break would begin another header; and names of headers are ASCII."""
    with pytest.raises(ProviderError, match="no control characters"):
        made(swift, metadata={"Owner": "a\r\nX-Container-Read: .r:*"})
    with pytest.raises(ProviderError, match="'Étage' cannot be the name of a header"):
        made(FakeSwift(), metadata={"Étage": "1"})


def test_a_synchronisation_key_is_secret() -> None:
    """It opens the other side's container."""
    assert PROVIDER.secret_outputs(CONTAINER) == {"containerSyncKey"}


def test_a_list_of_nobody_is_no_difference(swift: FakeSwift) -> None:
    """The store tells it by no header at all."""
    container = made(swift, containerRead="", containerWrite="p1:*")
    inputs = checked(containerRead="", containerWrite="")
    outputs = swift.session().update(CONTAINER, "files", container.outputs, inputs, seconds=5)

    read = swift.session().read(CONTAINER, "files", inputs, outputs)

    assert read is not None
    assert (read.outputs["containerRead"], read.outputs["containerWrite"]) == ("", "")
    assert (read.inputs["containerRead"], read.inputs["containerWrite"]) == ("", "")


def test_what_somebody_opened_by_hand_goes_when_either_list_changes(swift: FakeSwift) -> None:
    """Both lists are sent: access that nothing has recorded does not outlast the agreement."""
    container = made(swift, containerRead="p1:*", containerWrite="")
    swift.containers["files"]["X-Container-Write"] = "p1:*"

    inputs = checked(containerRead="", containerWrite="")
    swift.session().update(CONTAINER, "files", container.outputs, inputs, seconds=5)

    assert not swift.containers["files"].get("X-Container-Read")
    assert not swift.containers["files"].get("X-Container-Write")
