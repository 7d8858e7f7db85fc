"""Containers as a credential sees them that looks into all projects' accounts and belongs to none of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from fake_openstack import Reply
from fake_swift import FakeSwift

from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.locks import Locks
from orchestrator.engine.deploy.report import Step
from orchestrator.engine.fleet.hidden import without_doubts
from orchestrator.engine.fleet.listed import ListedConnection
from orchestrator.engine.fleet.lists import LIST_SECONDS, Lists
from orchestrator.engine.fleet.lookups import Lookups
from orchestrator.engine.fleet.results import Change, ResourceDrift, StackDrift, Verdict
from orchestrator.engine.fleet.session import FleetSession, Unlisted
from orchestrator.engine.fleet.tally import Tally
from orchestrator.engine.fleet.watching import Watching
from orchestrator.engine.provider import Read
from orchestrator.engine.state.resource import Resource

CONTAINER = "openstack:objectstorage/container:Container"
OPENED = {"name": "files", "containerRead": "p1:*", "containerWrite": ""}


class Refusing(FakeSwift):
    """Its system_reader_roles do not name the role."""

    def reply(self, service: str, method: str, path: str, options: Mapping[str, Any]) -> Reply:
        return 403, "<html><h1>Forbidden</h1></html>"


CLOSED = {"name": "files", "containerRead": "", "containerWrite": ""}


def looked(
    swift: FakeSwift, *, narrow: bool = True, recorded: Mapping[str, str] = OPENED, told: set[str] | None = None
) -> tuple[Read | None, str]:
    """What is told of a container that was recorded as opened for p1; why it was not looked at."""
    tally = Tally()
    listed = ListedConnection(swift, Lists(swift, Event(), LIST_SECONDS))
    session = FleetSession(
        swift,
        Locks(),
        None,
        listed=listed,
        tally=tally,
        lookups=Lookups(),
        unlisted=Unlisted.READ,
        narrow=narrow,
        told=told,
    )
    found = session.read(CONTAINER, "files", dict(recorded), dict(recorded))
    return found, tally.why_unread(CONTAINER, "files")


def test_lists_that_are_told_are_compared() -> None:
    """One project more is seen."""
    swift = FakeSwift()
    swift.containers["files"] = {"X-Container-Read": "p1:*,p2:*"}
    found, unread = looked(swift)
    assert found is not None
    assert (found.outputs["containerRead"], found.outputs["containerWrite"], unread) == ("p1:*,p2:*", "", "")


def test_lists_that_are_not_told_are_not_gone() -> None:
    """They stay as recorded, and that nobody looked is told; to the project's own credential they are gone."""
    swift = FakeSwift()
    swift.containers["files"] = {"X-Container-Meta-Owner": "theirs"}
    found, unread = looked(swift)
    assert found is not None
    assert (found.outputs["containerRead"], found.inputs["containerRead"]) == ("p1:*", "p1:*")
    assert "swift_owner_headers" in unread
    own, unread = looked(swift, narrow=False)
    assert own is not None
    assert (own.outputs.get("containerRead"), unread) == (None, "")


def test_that_nobody_was_seen_to_have_access_is_told() -> None:
    """A list that somebody opened by hand is hidden like an empty one; the project's own credential sees it."""
    swift = FakeSwift()
    swift.containers["files"] = {"X-Container-Meta-Owner": "theirs"}
    found, unread = looked(swift, recorded=CLOSED)
    assert found is not None
    assert found.outputs["containerRead"] == ""
    assert "nobody, or Swift shows that to its own project alone" in unread
    assert looked(swift, recorded=CLOSED, narrow=False)[1] == ""


def test_what_is_not_shown_hides_no_other_drift() -> None:
    """Both are told."""
    tally = Tally()
    tally.unread(CONTAINER, "files", "not shown")
    old = Resource(
        urn=f"urn:pulumi:caen::demo::{CONTAINER}::main/files",
        type=CONTAINER,
        custom=True,
        id="files",
        outputs={"versioning": True},
    )
    watching = Watching("caen", tally, dry_run=True)
    for now in (old, replace(old, outputs={"versioning": False})):
        watching.after(Step(op="refresh", urn=old.urn, old=old, new=now))
        (one,) = watching.drift().resources
        assert (one.verdict is Verdict.CHANGED, one.error) == (now != old, "not shown")


def compared(verdict: Verdict, error: str) -> StackDrift:
    one = ResourceDrift(urn="urn:files", type=CONTAINER, id="files", verdict=verdict, error=error)
    return StackDrift(stack="caen", resources=(one,))


@pytest.mark.parametrize(("before", "after"), [("unread", "same"), ("changed", "changed")])
def test_where_lists_of_others_are_told_an_empty_one_is_empty(before: str, after: str) -> None:
    """Swift's settings are the same for all: what was told of one container would be told of the next."""
    swift, told = FakeSwift(), set[str]()
    swift.containers["files"] = {"X-Container-Read": "p1:*"}
    looked(swift, told=told)
    swift.containers["files"] = {}
    _, doubt = looked(swift, told=told, recorded=CLOSED)
    assert without_doubts(compared(Verdict(before), doubt), told) == compared(Verdict(after), "")
    assert without_doubts(compared(Verdict(before), doubt), ()) == compared(Verdict(before), doubt)


@pytest.mark.parametrize("others", [True, False])
def test_one_that_was_closed_by_hand_is_seen_where_lists_of_others_are_told(
    others: bool,  # noqa: FBT001 parametrised
) -> None:
    """An empty list is told like a hidden one: by nothing; alone, nobody knows."""
    swift = FakeSwift()
    swift.containers["files"] = {}
    found, why = looked(swift)
    assert found is not None
    tally = Tally()
    tally.unread(CONTAINER, "files", why)
    urn = f"urn:pulumi:caen::demo::{CONTAINER}::main/files"
    recorded = {**found.outputs, **OPENED}
    old = Resource(urn=urn, type=CONTAINER, custom=True, id="files", inputs=OPENED, outputs=recorded)
    watching = Watching("caen", tally, dry_run=True)
    watching.after(Step(op="refresh", urn=urn, old=old, new=replace(old, outputs=found.outputs)))
    drift = without_doubts(watching.drift(), {CONTAINER} if others else ())
    (one,) = drift.resources
    closed = (Change(path="containerRead", old="p1:*", new=None),)
    assert one.inputs == OPENED
    assert (one.verdict, one.changes) == ((Verdict.CHANGED, closed) if others else (Verdict.UNREAD, ()))
    assert bool(drift.drifted) is others
    assert (one.error == "") is others


def test_a_container_that_is_refused_is_not_looked_at() -> None:
    """It is neither gone nor a failure of the whole stack, but for the project's own credential."""
    found, unread = looked(Refusing())
    assert found == Read(id="files", inputs=OPENED, outputs=OPENED)
    assert "system_reader_roles" in unread
    with pytest.raises(ServiceFault, match="403"):
        looked(Refusing(), narrow=False)


def test_one_that_is_not_there_is_gone() -> None:
    """The account was asked, not the reader's own."""
    assert looked(FakeSwift()) == (None, "")
