"""Every error of every type says call, status, request and the project it is about."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from fake_anything import FakeAnything
from fake_openstack import Reply
from sample_inputs import least

from orchestrator.engine.cloud.connection import Connection, Identity
from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.cloud.registry import HANDLERS, type_of
from orchestrator.engine.cloud.settings import settings_of
from orchestrator.engine.provider import Created, ProviderError

PROVIDER = OpenStackProvider()
NETWORK = "openstack:networking/network:Network"
INSTANCE = "openstack:compute/instance:Instance"
OWN = "; in project own (own-project)"


class Refusing(FakeAnything):
    """Whoever asks may not."""

    def reply(self, service: str, method: str, path: str, options: Mapping[str, Any]) -> Reply:
        return 403, {"forbidden": {"message": "not for you"}}


def _refused(kind: str) -> list[ProviderError]:
    """What each action on a type says of a service that refuses everything."""
    type_ = type_of(kind)
    session = Refusing(type_).session()
    inputs = PROVIDER.check(kind, "x", least(type_)).inputs
    outputs = {**inputs, "region": "RegionOne"}
    identity = "/".join(["a"] * 5)
    actions: tuple[Callable[[], object], ...] = (
        lambda: session.create(kind, inputs, seconds=1, created=lambda _: None),
        lambda: session.find(kind, inputs),
        lambda: session.read(kind, identity, inputs, outputs),
        lambda: session.condition(kind, identity, inputs),
        lambda: session.resume(kind, identity, inputs, seconds=1),
        lambda: session.update(kind, identity, {**outputs, "description": "old"}, inputs, seconds=1),
        lambda: session.delete(kind, identity, outputs, seconds=1),
    )
    return [error for error in map(_error, actions) if error is not None]


def _error(action: Callable[[], object]) -> ProviderError | None:
    try:
        action()
    except ProviderError as error:
        return error
    return None


@pytest.mark.parametrize("kind", sorted(HANDLERS))
def test_an_action_that_is_refused_says_whose_it_was(kind: str) -> None:
    """Of what names a project of its own, that; else where the call was made. Once, at the end."""
    type_ = type_of(kind)
    project = least(type_).get(type_.project)
    expected = f"; for project {project}" if project and project != "own-project" else OWN
    called = [error for error in _refused(kind) if "403" in str(error)]

    assert called
    for error in called:
        text = str(error)
        assert text.endswith(expected)
        assert text.count("project own") + text.count("; for project") == 1
        assert ": 403 not for you (request req-fake)" in text


def test_a_look_up_says_where_it_was_made() -> None:
    """It asks in the credential's own project."""
    session = Refusing(type_of(NETWORK)).session()

    with pytest.raises(ProviderError, match=r"403 not for you \(request req-fake\); in project own \(own-project\)$"):
        session.invoke("openstack:networking/getNetwork:getNetwork", {"name": "n"})


def test_what_exists_and_did_not_come_up_says_whose_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its problem is kept in the state, and told like an error."""
    made = Created(id="s", outputs={}, problems=("server 's' went to ERROR: no valid host",))
    monkeypatch.setattr(type(HANDLERS[INSTANCE]), "create", lambda *_: made)

    found = FakeAnything(type_of(INSTANCE)).session().create(INSTANCE, {}, seconds=1, created=lambda _: None)

    assert found.problems == (f"server 's' went to ERROR: no valid host{OWN}",)


@pytest.mark.parametrize(
    ("configuration", "variables", "told"),
    [
        ({}, {"OS_PROJECT_NAME": "admin"}, "admin"),
        ({}, {"OS_PROJECT_ID": "p1"}, "p1"),
        ({"tenantId": "p2"}, {"OS_PROJECT_NAME": "admin"}, "p2"),
        ({"tenantName": "acme"}, {"OS_PROJECT_NAME": "admin"}, "acme"),
        ({"domainId": "default"}, {"OS_PROJECT_NAME": "admin"}, ""),
    ],
)
def test_before_a_login_the_project_is_the_one_asked_for(
    configuration: dict[str, str], variables: dict[str, str], told: str
) -> None:
    """Errors of the login itself are told with it, and nothing is asked for their sake."""
    environment = {"OS_AUTH_URL": "http://127.0.0.1:9/v3", "OS_USERNAME": "u", "OS_PASSWORD": "p", **variables}
    settings = settings_of(configuration, environment)

    assert Connection(Identity(settings), settings).project == told
