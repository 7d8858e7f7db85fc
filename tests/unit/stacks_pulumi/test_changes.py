"""An engine's events become the changes that a reviewer reads."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi.automation import EngineEvent

from orchestrator.adapters.stacks_pulumi.changes import change_of
from orchestrator.model.plan import Operation, PropertyChange

URN = "urn:pulumi:arcy::demo::openstack:compute/instance:Instance::main/web-1"
KIND = "openstack:compute/instance:Instance"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "[secret]"}


def event(op: str, **metadata: Any) -> EngineEvent:
    given = {"op": op, "urn": URN, "type": KIND, "provider": "", **metadata}
    return EngineEvent.from_json({"sequence": 1, "timestamp": 1, "resourcePreEvent": {"metadata": given}})


def state(**inputs: Any) -> dict[str, Any]:
    return {"type": KIND, "urn": URN, "id": "", "custom": True, "inputs": inputs, "outputs": {}}


def test_a_creation_tells_its_inputs_without_secrets() -> None:
    """Unknown values say so, secrets are masked, the engine's own keys are left out."""
    change = change_of(event("create", new=state(name="web-1", imageId=UNKNOWN, adminPass=SECRET, __defaults=[])))
    assert change is not None
    assert (change.operation, change.name) == (Operation.CREATE, "main/web-1")
    assert {p.path: p.new for p in change.properties} == {
        "name": "web-1",
        "imageId": "(known after apply)",
        "adminPass": "[secret]",
    }


def test_where_a_checkout_lies_is_told_to_nobody() -> None:
    """A pipeline's next job has another one, and applies the same plan there."""
    first, second = (
        change_of(event("create", new=state(name="debian-13", localFilePath=f"/srv/jobs/{job}/images/debian-13.raw")))
        for job in ("31", "32")
    )
    assert first is not None
    assert first == second
    assert [one.path for one in first.properties] == ["name"]


def test_an_update_tells_old_and_new() -> None:
    """Only of what differs."""
    change = change_of(
        event(
            "update",
            old=state(flavorId="small", name="web-1"),
            new=state(flavorId="medium", name="web-1"),
            diffs=["flavorId"],
            detailedDiff={"flavorId": {"diffKind": "update", "inputDiff": False}},
        )
    )
    assert change is not None
    assert change.properties == (PropertyChange(path="flavorId", old="small", new="medium"),)


def test_what_forces_a_replacement_is_marked() -> None:
    """A reviewer sees which property costs the server."""
    change = change_of(
        event("replace", old=state(keyPair="a"), new=state(keyPair="b"), diffs=["keyPair"], keys=["keyPair"])
    )
    assert change is not None
    assert change.properties[0].replaces


@pytest.mark.parametrize("op", ["same", "read", "create-replacement", "delete-replaced", "refresh"])
def test_what_changes_nothing_of_its_own_is_left_out(op: str) -> None:
    """A replaced resource counts once."""
    assert change_of(event(op, old=state(), new=state())) is None


@pytest.mark.parametrize("kind", ["pulumi:pulumi:Stack", "pulumi:providers:openstack"])
def test_bookkeeping_is_no_change_of_the_cloud(kind: str) -> None:
    """Stacks and providers are not objects that anybody pays for."""
    assert change_of(event("create", type=kind, new=state())) is None
