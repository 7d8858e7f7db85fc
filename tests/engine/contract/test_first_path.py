"""From nothing to a stack and back: preview, up, up again, outputs, refresh, destroy."""

from __future__ import annotations

import json

import pulumi_openstack as openstack
import pytest
from engine_bench import Bench
from engine_programs import tenant
from pulumi import automation as auto


def test_a_preview_changes_nothing_and_counts_what_would_be(bench: Bench) -> None:
    """A preview of a new stack counts its creations, calls no write and leaves the state as it was."""
    bench.stack(tenant)
    before = bench.state_file().read_bytes()
    assert bench.preview(tenant) == {"create": 5}
    assert bench.calls() == []
    assert bench.cloud.objects() == {}
    assert bench.state_file().read_bytes() == before


def test_up_makes_what_the_program_names_and_a_second_up_nothing(bench: Bench) -> None:
    """Every resource exists once; unchanged programs change nothing, by count and by calls."""
    assert bench.up(tenant) == {"create": 5}
    assert len(bench.cloud.objects()) == 4
    assert sorted(bench.calls()) == [
        ("create", "Network"), ("create", "Project"), ("create", "Subnet"), ("create", "User"),
    ]  # fmt: skip
    assert bench.up(tenant) == {"same": 5}
    assert bench.preview(tenant) == {"same": 5}
    assert bench.calls() == []


def test_an_input_is_the_real_output_of_what_it_came_from(bench: Bench) -> None:
    """A value that only the cloud knows reaches the resource that needs it."""
    bench.up(tenant)
    recorded = bench.recorded()
    assert recorded["s"]["inputs"]["networkId"] == recorded["n"]["id"]
    assert recorded["s"]["propertyDependencies"]["networkId"] == [bench.urn("networking/network:Network", "n")]
    assert recorded["n"]["inputs"]["tenantId"] == recorded["p"]["id"]


def test_outputs_come_back_with_their_secrets_marked(bench: Bench) -> None:
    """Exports keep their shape; what came from a secret is one."""
    outputs = bench.stack(tenant).up().outputs
    assert outputs["pid"].value == bench.recorded()["p"]["id"]
    assert not outputs["pid"].secret
    assert outputs["password"].value == "s3cret-canary"
    assert outputs["password"].secret
    assert outputs["nested"].value == {"list": [1, "p1", {"deep": True}]}


def test_what_the_program_no_longer_names_goes(bench: Bench) -> None:
    """A resource that left the program is deleted after the others are done."""

    def smaller() -> None:
        openstack.identity.Project("p", name="p1", description="d")

    bench.up(tenant)
    bench.calls()
    assert bench.preview(smaller) == {"same": 2, "delete": 3}
    assert bench.calls() == []
    assert bench.up(smaller) == {"same": 2, "delete": 3}
    assert [action for action, _ in bench.calls()] == ["delete"] * 3
    assert list(bench.recorded()) == ["p"]


def test_a_changed_input_is_an_update_in_place(bench: Bench) -> None:
    """The object keeps its id, the preview says which property changes."""

    def changed() -> None:
        openstack.identity.Project("p", name="p1", description="other")

    bench.up(lambda: _project("d"))
    identity = bench.recorded()["p"]["id"]
    bench.calls()
    assert bench.up(changed) == {"same": 1, "update": 1}
    assert bench.calls() == [("update", "Project")]
    assert bench.recorded()["p"]["id"] == identity
    assert bench.recorded()["p"]["outputs"]["description"] == "other"


def _project(description: str) -> None:
    openstack.identity.Project("p", name="p1", description=description)


def test_destroy_takes_all_away_in_reverse(bench: Bench) -> None:
    """Nothing is left in the cloud, nothing in the state, and dependants went first."""
    bench.up(tenant)
    bench.calls()
    preview = bench.stack(tenant).preview_destroy().change_summary
    assert {str(getattr(op, "value", op)): n for op, n in preview.items()} == {"delete": 5}
    assert bench.calls() == []
    summary = bench.stack(tenant).destroy().summary
    assert summary.resource_changes == {"delete": 5}
    assert bench.cloud.objects() == {}
    order = [kind for _, kind in bench.calls()]
    assert order.index("Subnet") < order.index("Network") < order.index("Project")
    assert bench.recorded() == {}
    assert bench.stack(tenant).outputs() == {}


def test_every_operation_that_is_no_preview_leaves_history(bench: Bench) -> None:
    """Newest first, with counts; previews leave none."""
    bench.up(tenant, message="first")
    bench.preview(tenant)
    stack = bench.stack(tenant)
    stack.refresh()
    stack.destroy()
    history = stack.history()
    assert [entry.kind for entry in history] == ["destroy", "refresh", "update"]
    assert history[-1].message == "first"
    assert history[-1].resource_changes == {"create": 5}
    assert all(entry.result == "succeeded" for entry in history)


def test_expecting_no_changes_fails_when_there_are_some(bench: Bench) -> None:
    """The option turns a change into an error, and its absence into success."""
    with pytest.raises(auto.CommandError, match="no changes were expected"):
        bench.preview(tenant, expect_no_changes=True)
    bench.up(tenant)
    assert bench.preview(tenant, expect_no_changes=True) == {"same": 5}


def test_the_state_is_a_checkpoint_of_version_three(bench: Bench) -> None:
    """Pulumi's own shape: manifest, secrets provider, resources in order with the Stack first."""
    bench.up(tenant)
    found = json.loads(bench.state_file().read_text())
    assert found["version"] == 3
    latest = found["checkpoint"]["latest"]
    assert latest["secrets_providers"]["type"] == "passphrase"
    assert latest["resources"][0]["type"] == "pulumi:pulumi:Stack"
    seen: set[str] = set()
    for resource in latest["resources"]:
        needed = {resource.get("parent"), *resource.get("dependencies", [])} - {None}
        assert needed <= seen
        if "provider" in resource:
            assert resource["provider"].rsplit("::", 1)[0] in seen
        seen.add(resource["urn"])


def test_secrets_and_credentials_are_nowhere_in_clear(bench: Bench) -> None:
    """No file of the backend or the work directory holds a password."""
    bench.up(tenant)
    files = [path for path in bench.root.rglob("*") if path.is_file() and path.name != "cloud.json"]
    assert files
    for path in files:
        data = path.read_bytes()
        assert b"s3cret-canary" not in data, path
        assert b"canary-password" not in data, path
