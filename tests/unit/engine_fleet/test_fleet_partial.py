"""A refresh that takes over a part: what is held back stays recorded, by the update that follows as well."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from answering_cloud import Cloud

from orchestrator.engine.cloud.locks import Locks
from orchestrator.engine.fleet.partial import _PartialSession, _Partly

NETWORK = "openstack:networking/network:Network"
RECORDED = {"name": "net", "description": "d", "adminStateUp": True}


def names_only(
    _kind: str, _inputs: Mapping[str, Any], recorded: Mapping[str, Any], found: Mapping[str, Any]
) -> Mapping[str, Any]:
    return {**recorded, "name": found["name"]}


def session(**network: Any) -> _PartialSession:
    body = {"id": "n1", "admin_state_up": True, "tags": [], **network}
    made = _PartialSession(Cloud(**{"networks/n1": {"network": body}}), Locks())
    made.partly = _Partly(names_only)
    return made


def test_what_is_not_taken_over_stays_as_recorded() -> None:
    """In outputs and in inputs: the update after it sees the name alone."""
    found = session(name="other", description="theirs").read(NETWORK, "n1", RECORDED, RECORDED)
    assert found is not None
    assert {name: found.outputs[name] for name in RECORDED} == {**RECORDED, "name": "other"}
    assert {name: found.inputs[name] for name in RECORDED} == {**RECORDED, "name": "other"}


def test_what_is_gone_is_gone() -> None:
    """Nothing can be held back of it."""
    assert session().read(NETWORK, "n2", RECORDED, RECORDED) is None


def test_an_update_does_not_record_what_was_held_back() -> None:
    """Else the next plan would undo it."""
    made = session(name="other", description="theirs")
    made.read(NETWORK, "n1", RECORDED, RECORDED)
    kept = made.partly.updated(NETWORK, "n1", RECORDED, {"name": "net", "description": "theirs"})
    assert kept == {"name": "net", "description": "d"}


def test_an_update_records_what_it_changed_itself() -> None:
    """The spec says something new of a field that was held back: now it counts."""
    made = session(name="other", description="theirs")
    made.read(NETWORK, "n1", RECORDED, RECORDED)
    kept = made.partly.updated(NETWORK, "n1", RECORDED, {"name": "net", "description": "new"})
    assert kept == {"name": "net", "description": "new"}
