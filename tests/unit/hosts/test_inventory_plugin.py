"""Plain `ansible-inventory` reads a region's folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from orchestrator.wiring.hosts import inventory_of

ROOT = Path(__file__).parents[3]
METAL = ROOT / "inventory" / "metal"


def ansible_inventory(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run from the checkout, as a user does."""
    command = [str(Path(sys.executable).with_name("ansible-inventory")), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg")}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)


def plain(value: Any) -> Any:
    """Without Ansible's mark of text that it does not template: specs are data."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return (
            plain(value["__ansible_unsafe"]) if "__ansible_unsafe" in value else {k: plain(v) for k, v in value.items()}
        )
    return value


def test_ansible_sees_what_the_specs_say() -> None:
    """Hosts, groups and variables are those that `mutualis` computes."""
    listed = json.loads(ansible_inventory("-i", str(METAL / "region.yaml"), "--list").stdout)
    ours = inventory_of(METAL)
    assert {group: tuple(sorted(listed[group]["hosts"])) for group in ours.groups} == dict(ours.groups)
    for host in ours.hosts:
        assert plain(listed["_meta"]["hostvars"][host.name]) == {**ours.variables, **host.variables}


def test_refused_specs_are_no_inventory(tmp_path: Path) -> None:
    """Ansible ends with an error that names file and line, instead of going on with no hosts."""
    (tmp_path / "region.yaml").write_text("apiVersion: mutualis/v1\nkind: Region\nmetadata: {name: x}\nspec: {}\n")
    ended = ansible_inventory("-i", str(tmp_path / "region.yaml"), "--list")
    assert ended.returncode != 0
    assert "region.yaml:4:1: error SPEC020" in ended.stderr
    assert "Traceback" not in ended.stderr
