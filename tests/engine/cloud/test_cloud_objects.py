"""Containers of a real object store: what is in them, and what was in them before."""

from typing import Any

import pytest
from example_region import example_specs
from recording_monitor import Runner

from orchestrator.engine.provider import ProviderError
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.object_storage import ObjectContainer
from orchestrator.planning.environment import tenant_environment
from stacks import tenant_program

CONTAINER = "openstack:objectstorage/container:Container"

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]


def put(ground: Any, path: str, text: str) -> None:
    answer = ground.session._connection.send("object-store", "PUT", path, data=text.encode())
    assert answer.status == 201


def made(ground: Any, name: str, **inputs: Any) -> Any:
    given = ground.inputs(CONTAINER, {"name": name, **inputs})
    return ground.session.create(CONTAINER, given, seconds=30, created=lambda _: None)


def test_objects_and_all_their_versions_go_only_by_force(ground: Any) -> None:
    """Without `forceDestroy` the deletion is refused with their number; with it nothing stays."""
    container = made(ground, "deeds", versioning=True)
    for text in ("first", "second"):
        put(ground, "deeds/a%20deed.txt", text)
    put(ground, "deeds/other", "one")
    assert ground.session._connection.send("object-store", "DELETE", "deeds/other").status == 204

    with pytest.raises(
        ProviderError, match=r"container 'deeds' is not empty .*DELETE object-store /deeds: 409.*\(request"
    ):
        ground.session.delete(CONTAINER, container.id, container.outputs, seconds=30)
    ground.session.delete(CONTAINER, container.id, {**container.outputs, "forceDestroy": True}, seconds=30)

    assert ground.session.read(CONTAINER, "deeds", {}, container.outputs) is None


def test_a_tenants_container_takes_no_more_than_its_size(ground: Any, run_program: Runner) -> None:
    """What the tenant's program asks for is what the object store obeys; here with a size of four bytes."""
    given = ObjectContainer(name="scans", project="saintes", tier="objects", size_gib=1)
    environment = tenant_environment(example_specs(object_containers=(given,)), "saintes")
    run = run_program(tenant_program(environment, KnownIds()), preview=True)
    asked = dict(run.one("Container", "main/scans").inputs)
    assert asked["metadata"]["Quota-Bytes"] == str(1024**3)
    container = made(ground, **asked | {"metadata": {**asked["metadata"], "Quota-Bytes": "4"}})
    try:
        put(ground, "scans/small", "four")
        answer = ground.session._connection.send("object-store", "PUT", "scans/large", data=b"fiver")
        assert answer.status == 413
    finally:
        ground.session.delete(CONTAINER, container.id, {**container.outputs, "forceDestroy": True}, seconds=30)


def test_somebody_else_s_container_is_left_alone(ground: Any) -> None:
    """Swift says yes to a name that is taken: what is in use there is refused, what is bare is taken up."""
    connection = ground.session._connection
    connection.send("object-store", "PUT", "theirs", headers={"X-Container-Meta-Owner": "them"})
    try:
        with pytest.raises(ProviderError, match="'theirs' exists already and is in use"):
            made(ground, "theirs", metadata={"Owner": "us"})
        told = connection.send("object-store", "HEAD", "theirs").headers
        assert told["X-Container-Meta-Owner"] == "them"
        connection.send("object-store", "POST", "theirs", headers={"X-Remove-Container-Meta-Owner": "x"})
        assert made(ground, "theirs", metadata={"Owner": "us"}).outputs["metadata"] == {"Owner": "us"}
    finally:
        connection.send("object-store", "DELETE", "theirs")


def test_a_policy_that_the_store_does_not_have_is_told_in_its_words(ground: Any) -> None:
    """The container is not made in another one instead."""
    with pytest.raises(ProviderError, match=r"PUT object-store /cold: 400 .*X-Storage-Policy.*\(request"):
        made(ground, "cold", storagePolicy="glacier")
    assert ground.session.find(CONTAINER, {"name": "cold"}) == ()
