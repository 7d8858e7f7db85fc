"""Every create, update and delete of every type with one spoilt call, on a real cloud.

The operation does it all the same or fails with an error to work with; the next one without a fault converges, with
nothing lost and nothing twice. Which fault meets which action is fixed, spread evenly, and stands in the tests' names.
A quarter of the types runs by default, another one for each `MUTUALIS_FAULT_ROUND` (0, 1, ...), which also deals the
faults anew; `MUTUALIS_ALL_FAULTS=1` runs all types.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pulumi
import pytest
from cloud_case import Case
from cloud_cases import CASES
from engine_real import stack
from fault_proxy import FAULTS, REFUSALS, FaultProxy
from pulumi import automation as auto

from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.cloud.registry import type_of

ROUND = int(os.environ.get("MUTUALIS_FAULT_ROUND", "0"))
SHARE = 1 if os.environ.get("MUTUALIS_ALL_FAULTS") else 4
PARTS = (":ApplicationCredential", ":FloatingIpAssociate", ":QosBandwidthLimitRule", ":PortForwardingV2")
READ_SECONDS = 4.0  # shorter than the proxy's slow answers, longer than the cloud's

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]


def dealt() -> dict[str, dict[str, str]]:
    """Case -> action -> fault."""
    found: dict[str, dict[str, str]] = {name: {} for name in sorted(CASES)}
    for action in ("create", "update", "delete"):
        names = [name for name in found if action != "update" or CASES[name].change]
        random.Random(action).shuffle(names)  # noqa: S311  a fixed deal, protects nothing
        for number, name in enumerate(names):
            found[name][action] = FAULTS[(number + ROUND) % len(FAULTS)]
    return found


MATRIX = dealt()
CHOSEN = [name for number, name in enumerate(MATRIX) if number % SHARE == ROUND % SHARE]


class Stage:
    """One stack of one resource between a program and the cloud."""

    def __init__(self, root: Path, cloud: Any, command: EmbeddedCommand, ground: Any, case: Case) -> None:
        self.root, self.cloud, self.command, self.ground, self.case = root, cloud, command, ground, case
        self.inputs = ground.resolved(case.inputs)
        self.container = _collection(case)

    def program(self) -> None:
        limits = pulumi.CustomTimeouts(create="90s", update="90s", delete="90s")
        pulumi.CustomResource(self.case.kind, "case", dict(self.inputs), pulumi.ResourceOptions(custom_timeouts=limits))

    def outcome(self, action: str) -> str:
        """The error's text, or "" when it succeeded."""
        at = stack(self.root, self.cloud, self.command, self.program)
        try:
            at.destroy() if action == "delete" else at.up()
        except auto.CommandError as error:
            return str(error)
        return ""

    def changes(self) -> set[str]:
        found = stack(self.root, self.cloud, self.command, self.program).preview().change_summary
        return {str(getattr(op, "value", op)) for op in found}

    def recorded(self) -> dict[str, Any]:
        deployment = stack(self.root, self.cloud, self.command, self.program).export_stack().deployment or {}
        assert not deployment.get("pending_operations")
        return next((one for one in deployment["resources"] if one["urn"].endswith("::case")), {})

    def count(self) -> int | None:
        """How many objects the service lists, asked without the engine's own searches; None where it has no list."""
        if self.container is None:
            return None
        service, path, many = self.container
        query = "?is_public=None" if path in {"flavors", "types"} else ""
        answer = self.ground.session._connection.send(service, "GET", path + query, headers=self.case.headers)
        return len(answer.body[many])


def _collection(case: Case) -> tuple[str, str, str] | None:
    """Service, path and key of the list that a new object is in; ties and parts of other objects are in none."""
    api = type_of(case.kind).api
    is_listed = api.path and api.many and "{" not in api.path and not _is_quota(case)
    if not is_listed or case.kind.endswith(PARTS):
        return None
    return api.service, api.path, api.many


def _is_quota(case: Case) -> bool:
    return "uota" in case.kind or "uoteSet" in case.kind


@pytest.fixture(scope="module")
def proxy() -> Iterator[FaultProxy]:
    """Yield a proxy that does nothing until it is told to."""
    with FaultProxy() as found:
        yield found


@pytest.fixture(scope="module")
def command() -> EmbeddedCommand:
    """The engine, with one login for all."""
    return EmbeddedCommand(OpenStackProvider())


@pytest.mark.parametrize("name", CHOSEN, ids=["-".join((name, *MATRIX[name].values())) for name in CHOSEN])
def test_a_spoilt_call_loses_and_doubles_nothing(
    name: str,
    proxy: FaultProxy,
    command: EmbeddedCommand,
    ground: Any,
    cloud: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The whole life of an object, each action of it met by a fault."""
    case, faults = CASES[name], MATRIX[name]
    for needed in case.needs:
        ground.resolved(f"@{needed}")
    stage = Stage(tmp_path, cloud, command, ground, case)
    before = stage.count()
    for variable, value in proxy.environment.items():
        monkeypatch.setenv(variable, value)
    for action in faults:
        if action == "update":
            stage.inputs = ground.resolved({**case.inputs, **case.change})
        check_action(stage, action, faults[action], proxy, monkeypatch)
        assert stage.count() == (None if before is None else before + (action != "delete"))


def check_action(stage: Stage, action: str, fault: str, proxy: FaultProxy, monkeypatch: pytest.MonkeyPatch) -> None:
    """One action under a fault, then without; and what must hold after it."""
    proxy.spoil(fault)
    with monkeypatch.context() as patch:
        if fault == "slow":
            patch.setattr("orchestrator.engine.cloud.connection.REQUEST_SECONDS", READ_SECONDS)
        told = stage.outcome(action)
    assert proxy.met or (action == "delete" and _is_quota(stage.case)), f"{action} writes nothing to be spoilt"
    proxy.spoil("")
    if told:
        check_told(told, fault)
        assert stage.outcome(action) == ""
    if action == "delete":
        assert stage.recorded() == {}
        return
    assert stage.changes() == {"same"}
    recorded = stage.recorded()
    assert "initErrors" not in recorded
    read = stage.ground.session.read(stage.case.kind, recorded["id"], recorded["inputs"], recorded["outputs"])
    assert read is not None


def check_told(told: str, fault: str) -> None:
    """The resource, the call, and the service's status and request where there was an answer."""
    assert re.search(r"\(case\): error: ", told), told
    assert re.search(r"\b(POST|PUT|PATCH|DELETE) (\S+ /|http)", told), told
    assert not re.search("the engine failed|Traceback", told), told
    if fault in REFUSALS:
        assert fault in told, told
        assert "req-" in told, told
