"""The end of a server, and what is no server any more."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from answering_cloud import Cloud

from orchestrator.engine.cloud.connection import Answer
from orchestrator.engine.cloud.locks import Locks
from orchestrator.engine.cloud.resources.instance import ending
from orchestrator.engine.cloud.session import OpenStackSession

INSTANCE = "openstack:compute/instance:Instance"


class Nova(Cloud):
    """`told`: the statuses of server s1, one a look, the last for ever; None: not found."""

    def __init__(self, *told: str | None, **answers: Any) -> None:
        super().__init__(**answers)
        self.told = list(told)

    def send(self, service: str, method: str, path: str, **options: Any) -> Answer:
        if path == "servers/s1":
            status = (self.told.pop(0) if self.told[1:] else self.told[0]) if method == "GET" else "ACTIVE"
            self.answers[path] = {"server": {"id": "s1", "name": "web", "status": status}} if status else 404
        return super().send(service, method, path, **options)


def session(nova: Nova) -> OpenStackSession:
    return OpenStackSession(nova, Locks(), threading.Event())


def test_a_deleted_server_is_waited_for_until_it_is_listed_no_more() -> None:
    """DELETED is not the end yet: Nova still lists and counts it."""
    nova = Nova("ACTIVE", "ACTIVE", "DELETED", "DELETED", None)
    session(nova).delete(INSTANCE, "s1", {"name": "web"}, seconds=60)
    assert nova.told == [None]


def test_a_server_in_the_bin_is_as_good_as_gone() -> None:
    """SOFT_DELETED lasts as long as the operator of the cloud has set."""
    nova = Nova("ACTIVE", "SOFT_DELETED", "never looked at")
    session(nova).delete(INSTANCE, "s1", {"name": "web"}, seconds=60)
    assert nova.told == ["never looked at"]


def test_a_server_whose_host_died_when_it_was_deleted_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says DELETED until the host is back; the deletion ends well all the same."""
    monkeypatch.setattr(ending, "LINGERS", 0.3)
    nova = Nova("ACTIVE", "DELETED")
    session(nova).delete(INSTANCE, "s1", {"name": "web"}, seconds=60)
    assert nova.sent.count("servers/s1") >= 3


def test_a_server_that_is_just_going_is_not_taken_for_one_just_made() -> None:
    """After a lost answer only what lives is looked for."""
    servers = [{"id": one, "name": "web", "status": status} for one, status in (("s1", "DELETED"), ("s2", "BUILD"))]
    nova = Nova(None, **{"servers/detail": {"servers": servers}})
    assert session(nova).find(INSTANCE, {"name": "web"}) == ("s2",)
