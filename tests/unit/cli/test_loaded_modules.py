"""A command loads what it needs: capacity is told without the exporter, without Pulumi, and specs without a cloud."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[3] / "inventory" / "demo"
PROGRAM = """
import json, sys
from orchestrator.cli.main import cli
if sys.argv[1:]:
    cli.main(sys.argv[1:], standalone_mode=False)
else:
    import orchestrator.cli.capacity, orchestrator.wiring.inventory
print(json.dumps(sorted(sys.modules)))
"""


def loaded(*arguments: str) -> set[str]:
    """Every module that a fresh interpreter has after the command."""
    command = [sys.executable, "-c", PROGRAM, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("command", ["capacity", "what-if"])
def test_what_the_specs_say_is_told_without_a_cloud(command: str) -> None:
    """Neither openstacksdk nor anything else that only a cloud or an engine needs."""
    only = ("--specs-only",) if command == "capacity" else ("--lose", "host=nord-2")
    packages = {name.partition(".")[0] for name in loaded(command, str(DEMO), *only)}
    assert packages.isdisjoint({"bcrypt", "prometheus_client", "pulumi", "grpc", "openstack", "keystoneauth1"})


def test_a_cloud_is_read_without_exporter_and_engine() -> None:
    """What openstacksdk loads by itself (it looks for prometheus_client) is its own affair."""
    modules = loaded()
    assert "orchestrator.adapters.inventory_openstack.inventory" in modules
    assert not [one for one in modules if one.startswith("orchestrator.adapters.exporter_prometheus")]
    assert {one.partition(".")[0] for one in modules}.isdisjoint({"bcrypt", "pulumi", "grpc"})
