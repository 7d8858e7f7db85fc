"""An object whose create was cut off after it had its id is finished, not only found again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.provider import Session

pytestmark = pytest.mark.cloud

GROUP = "openstack:networking/secGroup:SecGroup"
IMAGE = "openstack:images/image:Image"
AGGREGATE = "openstack:compute/aggregateV2:AggregateV2"


class Cut(Exception):
    """Stands for the process being killed the moment that the id is known."""


@pytest.fixture
def session(cloud: Any) -> Session:
    """An administrator's session on the embedded cloud."""
    return OpenStackProvider().session({}, cloud.environment)


@pytest.fixture
def cut(session: Session) -> Iterator[Any]:
    """A create that ends with the first answer; gives the id and removes the object afterwards."""
    made: list[tuple[str, str]] = []

    def begin(kind: str, inputs: dict[str, Any]) -> str:
        def identified(identity: str) -> None:
            made.append((kind, identity))
            raise Cut

        checked = OpenStackProvider().check(kind, "x", inputs)
        assert not checked.failures
        with pytest.raises(Cut):
            session.create(kind, checked.inputs, seconds=None, created=identified)
        return made[-1][1]

    yield begin
    for kind, identity in made:
        session.delete(kind, identity, {}, seconds=None)


def test_a_security_group_loses_the_rules_that_were_not_asked_for(session: Session, cut: Any) -> None:
    """Without this a group that was closed in the spec would stay open after a crash."""
    inputs = {"name": "resume-group", "deleteDefaultRules": True}
    identity = cut(GROUP, inputs)
    assert session.find(GROUP, inputs) == (identity,)
    done = session.resume(GROUP, identity, inputs, seconds=None)
    assert done is not None
    again = session.resume(GROUP, identity, inputs, seconds=None)
    assert again is not None
    assert _rules(session, identity) == []


def _rules(session: Any, group: str) -> list[Any]:
    service = session._connection
    return list(
        service.send("network", "GET", f"security-group-rules?security_group_id={group}").body["security_group_rules"]
    )


def test_an_image_gets_its_data(session: Session, cut: Any, tmp_path: Path) -> None:
    """A record without data would be adopted as an image that boots nothing."""
    file = tmp_path / "disk.raw"
    file.write_bytes(b"x" * 4096)
    inputs = {
        "name": "resume-image",
        "containerFormat": "bare",
        "diskFormat": "raw",
        "localFilePath": str(file),
        "imageCachePath": "/var/empty",
    }
    identity = cut(IMAGE, inputs)
    done = session.resume(IMAGE, identity, inputs, seconds=None)
    assert done is not None
    assert (done.problems, done.outputs["status"], done.outputs["sizeBytes"]) == ((), "active", 4096)


def test_an_aggregate_gets_its_hosts_and_only_once(session: Session, cut: Any) -> None:
    """Nova refuses a host that is in already, so what is there is left alone."""
    inputs = {"name": "resume-aggregate", "hosts": ["cmp-north1"]}
    identity = cut(AGGREGATE, inputs)
    for _ in range(2):
        done = session.resume(AGGREGATE, identity, inputs, seconds=None)
        assert done is not None
        assert done.outputs["hosts"] == ["cmp-north1"]


def test_what_is_gone_is_not_resumed(session: Session) -> None:
    """The core then makes it anew."""
    assert session.resume(GROUP, "00000000-0000-4000-8000-000000000000", {"name": "gone"}, seconds=None) is None
