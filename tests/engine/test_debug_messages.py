"""What a program logs reaches its reader; what the SDK tells and nobody reads is not even sent."""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench

from orchestrator.engine.rpc import debugging
from orchestrator.engine.rpc.engine_service import EngineService


def program() -> None:
    for index in range(5):
        openstack.networking.SecGroup(f"g{index}", name=f"g{index}")
    pulumi.log.debug("nobody reads this")
    pulumi.log.warn("somebody reads this")


def test_only_what_somebody_reads_is_sent(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of six resources' some twenty-five messages one is left, and it is told."""
    sent: list[str] = []
    log = EngineService.Log

    def counted(self: EngineService, request: Any, context: Any) -> Any:
        sent.append(request.message)
        return log(self, request, context)

    monkeypatch.setattr(EngineService, "Log", counted)
    lines: list[str] = []
    bench.stack(program).up(on_output=lines.append)
    assert sent == ["somebody reads this"]
    assert any("warning: somebody reads this" in line for line in lines)


def test_programs_of_others_keep_their_debug_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    """While one of ours runs, and after it: another program's messages go where they went."""
    told: list[str] = []
    monkeypatch.setattr(debugging, "_sdk_debug", lambda msg, *_: told.append(msg))
    with debugging.dropped("demo", "ours"):
        monkeypatch.setattr(debugging.SETTINGS, "project", "demo")
        monkeypatch.setattr(debugging.SETTINGS, "stack", "theirs")
        pulumi.log.debug("theirs")
        monkeypatch.setattr(debugging.SETTINGS, "stack", "ours")
        pulumi.log.debug("ours")
    pulumi.log.debug("after")
    assert told == ["theirs", "after"]


def test_where_a_resource_was_declared_is_told_to_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our programs send no traces; another's are as ever."""
    with debugging.dropped("demo", "ours"):
        monkeypatch.setattr(debugging.SETTINGS, "project", "demo")
        monkeypatch.setattr(debugging.SETTINGS, "stack", "ours")
        assert not debugging.resources._get_stack_trace().frames
        monkeypatch.setattr(debugging, "_sdk_trace", lambda: "theirs")
        monkeypatch.setattr(debugging.SETTINGS, "stack", "theirs")
        assert debugging.resources._get_stack_trace() == "theirs"
