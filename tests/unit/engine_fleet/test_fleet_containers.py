"""Containers as a credential sees them that looks into all projects' accounts and belongs to none of them."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Event
from typing import Any

import pytest
from fake_openstack import Reply
from fake_swift import FakeSwift

from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.locks import Locks
from orchestrator.engine.fleet.listed import ListedConnection
from orchestrator.engine.fleet.lists import LIST_SECONDS, Lists
from orchestrator.engine.fleet.lookups import Lookups
from orchestrator.engine.fleet.session import FleetSession, Unlisted
from orchestrator.engine.fleet.tally import Tally
from orchestrator.engine.provider import Read

CONTAINER = "openstack:objectstorage/container:Container"
OPENED = {"name": "files", "containerRead": "p1:*", "containerWrite": ""}


class Refusing(FakeSwift):
    """Its system_reader_roles do not name the role."""

    def reply(self, service: str, method: str, path: str, options: Mapping[str, Any]) -> Reply:
        return 403, "<html><h1>Forbidden</h1></html>"


def looked(swift: FakeSwift, *, narrow: bool = True) -> tuple[Read | None, str]:
    """What is told of a container that was recorded as opened for p1; why it was not looked at."""
    tally = Tally()
    listed = ListedConnection(swift, Lists(swift, Event(), LIST_SECONDS))
    session = FleetSession(
        swift, Locks(), None, listed=listed, tally=tally, lookups=Lookups(), unlisted=Unlisted.READ, narrow=narrow
    )
    found = session.read(CONTAINER, "files", dict(OPENED), dict(OPENED))
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
