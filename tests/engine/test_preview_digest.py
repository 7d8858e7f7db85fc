"""`preview --json`: one document with the steps, the diagnostics and the counts."""

from __future__ import annotations

import json
from typing import Any

import pulumi_openstack as openstack
import pytest
from engine_bench import Bench, Program
from pulumi import automation as auto


def digest(bench: Bench, program: Program) -> dict[str, Any]:
    return dict(json.loads(bench.stack(program).preview(json=True).stdout))


def user(description: str) -> None:
    openstack.identity.User("u", name="u1", password="pw-canary", description=description)


def test_a_preview_can_be_read_by_a_machine(bench: Bench) -> None:
    """Steps with old and new state, why they differ, and nothing else on stdout; secrets are hidden."""
    bench.up(lambda: user("a"))
    found = digest(bench, lambda: user("b"))
    assert found["changeSummary"] == {"same": 1, "update": 1}
    assert found["diagnostics"] == []
    (step,) = [one for one in found["steps"] if one["op"] == "update"]
    assert step["urn"] == bench.urn("identity/user:User", "u")
    assert step["diffReasons"] == ["description"]
    assert step["detailedDiff"] == {"description": {"kind": "update", "inputDiff": False}}
    assert (step["oldState"]["inputs"]["description"], step["newState"]["inputs"]["description"]) == ("a", "b")
    assert "pw-canary" not in json.dumps(found)


def test_a_preview_that_fails_is_a_document_too(bench: Bench) -> None:
    """Its diagnostics say why; code 1."""
    with pytest.raises(auto.CommandError) as caught:
        bench.stack(lambda: user("bad")).preview(json=True)
    assert '"message": "openstack:identity/user:User resource \'u\' has a problem' in str(caught.value)
