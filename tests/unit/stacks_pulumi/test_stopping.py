"""What an engine says of an operation that it was told to stop is no failure."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from pulumi.automation import EngineEvent
from pulumi.automation.errors import CommandError

from orchestrator.adapters.stacks_pulumi import PulumiStacks
from orchestrator.engine.provider import Interrupted
from orchestrator.model.outcome import StackResult

URN = "urn:pulumi:arcy::demo::openstack:blockstorage/volume:Volume::main/db-1/root"


class StoppedStack:
    """A stack whose `up` says these errors and ends as a stopped command does."""

    def __init__(self, said: list[str]) -> None:
        self._said = said

    def up(self, *, on_event: Callable[[EngineEvent], None], **_: Any) -> None:
        for text in self._said:
            diagnostic = {"message": text, "severity": "error", "urn": URN, "color": "never"}
            on_event(EngineEvent.from_json({"sequence": 1, "timestamp": 1, "diagnosticEvent": diagnostic}))
        raise CommandError(SimpleNamespace(stdout="", stderr="error: update failed", code=1))


def stopped(*said: str) -> StackResult:
    """The result of a build during which the run was interrupted."""
    workspaces: Any = SimpleNamespace(
        carrier=SimpleNamespace(name="fake", version="1", interrupt=lambda: None),
        open=lambda _stack, _program: StoppedStack(list(said)),
    )
    programs: Any = lambda _target, *, acting: lambda: acting  # noqa: E731 no more than a program that does nothing
    stacks = PulumiStacks(acting=workspaces, looking=workspaces, programs=programs, parallel=1)
    stacks.interrupt()
    target: Any = SimpleNamespace(stack="arcy", repair=False)
    return stacks.build(target, lambda _operation, _name: None)


@pytest.mark.parametrize(
    "said",
    ["interrupted: no new steps were begun, and what was made is recorded", str(Interrupted("volume 'root'"))],
)
def test_what_was_stopped_is_no_failure(said: str) -> None:
    """Neither the steps that were not begun, nor a wait that was given up."""
    result = stopped(said)
    assert result.interrupted
    assert result.failures == ()


def test_what_failed_before_the_stop_is_told() -> None:
    """The rest of it waits."""
    result = stopped("409 Conflict: name is used", "interrupted: no new steps were begun")
    assert result.interrupted
    assert [failure.cause for failure in result.failures] == ["409 Conflict: name is used"]
