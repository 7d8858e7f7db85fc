"""Differences and whose they are: what counts as drift, what is a right, and what a repair takes over."""

from __future__ import annotations

from typing import Any

import pytest

from orchestrator.model.drift import Difference, FoundChange, FoundObject, ObjectDrift, Owner
from orchestrator.planning.ownership import ignored_fields, judged, taken_over

SERVER = "openstack:compute/instance:Instance"
VOLUME = "openstack:blockstorage/volume:Volume"
PORT = "openstack:networking/port:Port"
OPENING = "openstack:networking/rbacPolicyV2:RbacPolicyV2"
NETWORK = "openstack:networking/network:Network"
GROUP = "openstack:networking/secGroup:SecGroup"
RULE = "openstack:networking/secGroupRule:SecGroupRule"
CONTAINER = "openstack:objectstorage/container:Container"
PROJECT = "openstack:identity/project:Project"
ASSIGNMENT = "openstack:identity/roleAssignment:RoleAssignment"


def changed(kind: str, path: str, applied: Any, found: Any, **declared: Any) -> ObjectDrift | None:
    changes = (FoundChange(path=path, applied=applied, found=found),)
    return judged(
        FoundObject(
            kind=kind, name="main/one", id="1", difference=Difference.CHANGED, changes=changes, declared=declared
        )
    )


def owner_of(kind: str, path: str, applied: Any, found: Any, **declared: Any) -> Owner | None:
    drifted = changed(kind, path, applied, found, **declared)
    return drifted.owner if drifted else None


def added(kind: str, within_kind: str) -> ObjectDrift:
    found = judged(
        FoundObject(kind=kind, name="x", id="1", difference=Difference.ADDED, within="main/w", within_kind=within_kind)
    )
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("kind", "path", "applied", "found", "declared", "owner"),
    [
        (SERVER, "name", "web", "other", {"name": "web"}, Owner.OURS),
        (SERVER, "imageId", "a", "b", {"imageId": "a"}, Owner.THEIRS),
        (SERVER, "updated", "a", "b", {}, None),
        (SERVER, "powerState", "active", "shutoff", {"powerState": "active"}, Owner.THEIRS),
        (SERVER, "powerState", "shutoff", "active", {"powerState": "shutoff"}, Owner.OURS),
        (VOLUME, "attachments", [], [{"id": "1"}], {}, None),
        (NETWORK, "description", "d", "x", {}, Owner.THEIRS),  # the program gave none
        (NETWORK, "shared", False, True, {}, Owner.OURS),  # counts whether it is said or not
        (NETWORK, "shared", None, True, {}, Owner.THEIRS),  # nothing was recorded that could have changed
        (CONTAINER, "containerRead", "a:*", "a:*,b:*", {"containerRead": "a:*"}, Owner.OURS),
        (CONTAINER, "containerRead", "", ".r:*", {"containerRead": ""}, Owner.OURS),  # of nobody is said, too
        (PORT, "allSecurityGroupIds", ["a"], [], {"securityGroupIds": ["a"]}, Owner.OURS),
        (PORT, "allSecurityGroupIds", ["a"], [], {}, Owner.THEIRS),
        ("openstack:new/thing:Thing", "colour", "red", "blue", {"colour": "red"}, Owner.OURS),
    ],
)
def test_a_field_has_one_owner(
    kind: str, path: str, applied: object, found: object, declared: dict[str, Any], owner: Owner | None
) -> None:
    """By the table, and by whether the program gave it a value; None: the difference means nothing."""
    assert owner_of(kind, path, applied, found, **declared) is owner


def test_keys_of_a_map_have_their_owners_each() -> None:
    """What a member writes into a server's metadata is theirs, what we wrote is ours."""
    before = {"mutualis_server": "m", "mutualis_image": "debian"}
    drifted = changed(SERVER, "allMetadata", before, {"mutualis_server": "x", "backup": "nightly"}, metadata=before)
    assert drifted is not None
    assert {(one.field, one.found, one.owner) for one in drifted.fields} == {
        ("metadata.backup", "nightly", Owner.THEIRS),
        ("metadata.mutualis_server", "x", Owner.OURS),
        ("metadata.mutualis_image", "", Owner.THEIRS),
    }
    assert drifted.owner is Owner.OURS


def test_what_vanished_is_ours() -> None:
    """Whatever it was."""
    gone = judged(FoundObject(kind=VOLUME, name="main/data", id="1", difference=Difference.GONE))
    assert gone is not None
    assert gone.owner is Owner.OURS


def test_one_more_is_theirs_but_in_what_is_ours_whole() -> None:
    """A network of the member's own; a rule in our group; a role on our project; a network of ours lent on."""
    assert added(NETWORK, "").owner is Owner.THEIRS
    assert added(RULE, GROUP).owner is Owner.OURS
    assert added(ASSIGNMENT, PROJECT).owner is Owner.OURS
    assert added(RULE, "").owner is Owner.THEIRS
    assert added(OPENING, NETWORK).owner is Owner.OURS
    assert added(OPENING, "").owner is Owner.THEIRS


def test_a_repair_takes_over_what_is_ours_alone() -> None:
    """So that the update after it puts back the name and leaves the member's key and power state alone."""
    inputs = {"name": "web", "powerState": "active", "metadata": {"m": "1"}}
    recorded = {"name": "web", "powerState": "active", "allMetadata": {"m": "1"}, "metadata": {"m": "1"}}
    found = {"name": "x", "powerState": "shutoff", "allMetadata": {"m": "1", "own": "2"}, "metadata": {"m": "1"}}
    assert taken_over(SERVER, inputs, recorded, found) == {**recorded, "name": "x"}


def test_a_repair_takes_over_our_key_of_a_map() -> None:
    """Through the field that no call tells."""
    inputs = {"metadata": {"m": "1"}}
    recorded = {"allMetadata": {"m": "1"}, "metadata": {"m": "1"}}
    kept = taken_over(SERVER, inputs, recorded, {"allMetadata": {"own": "2"}, "metadata": {"m": "1"}})
    assert kept["metadata"] == {}


def test_a_repair_leaves_what_must_be_mended_by_hand() -> None:
    """Cinder does not shrink: a plan with it would be refused, and all other repairs with it."""
    assert taken_over(VOLUME, {"size": 4, "name": "d"}, {"size": 4, "name": "d"}, {"size": 8, "name": "x"}) == {
        "size": 4,
        "name": "x",
    }


def test_a_repair_sees_groups_that_a_port_lost() -> None:
    """They are told under another name than they are given by."""
    inputs = {"securityGroupIds": ["a"]}
    recorded = {"securityGroupIds": ["a"], "allSecurityGroupIds": ["a"]}
    kept = taken_over(PORT, inputs, recorded, {"securityGroupIds": ["a"], "allSecurityGroupIds": []})
    assert kept["securityGroupIds"] == []


def test_idle_fields_need_no_second_look() -> None:
    """A port's binding changes with each start of its server."""
    assert "binding" in ignored_fields(PORT)
    assert "name" not in ignored_fields(PORT)
