"""The inventory that a run is given is what was computed, and no text in it is a template."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from orchestrator.adapters.hosts_ansible.configuration import configuration
from orchestrator.adapters.hosts_ansible.inventory_file import inventory_text
from orchestrator.model.host_inventory import HostEntry, HostInventory

TEXTS = ["{{ 1 + 1 }}", "é € 漢", "a: b # c", "'\"\\", "", "yes", "0755", "- x", "line\nline", "!unsafe"]
VARIABLES: dict[str, Any] = {
    "mutualis_texts": TEXTS,
    "mutualis_nested": {"list": [{"number": 1, "none": None, "true": True, "half": 0.5}], "empty": {}},
}


def plain(value: Any) -> Any:
    """Without Ansible's mark of a text that it does not evaluate; a text without it is a mistake."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return value["__ansible_unsafe"] if "__ansible_unsafe" in value else {k: plain(v) for k, v in value.items()}
    return value


def test_ansible_reads_back_what_was_computed(tmp_path: Path) -> None:
    """Hosts, groups and variables, whatever is in a text, with the settings of a run."""
    hosts = tuple(
        HostEntry(name=name, address="10.0.0.1", groups=groups, variables={"mutualis_own": name, **VARIABLES})
        for name, groups in (("a", ("role_compute",)), ("b", ("role_compute", "role_control")))
    )
    inventory = HostInventory(region="r", variables={"mutualis_all": TEXTS}, hosts=hosts)
    (tmp_path / "inventory.yaml").write_text(inventory_text(inventory), encoding="utf-8")
    (tmp_path / "ansible.cfg").write_text(configuration(tmp_path, tmp_path / "roles", None), encoding="utf-8")
    command = [
        str(Path(sys.executable).with_name("ansible-inventory")),
        "-i",
        str(tmp_path / "inventory.yaml"),
        "--list",
    ]
    environment = {**os.environ, "ANSIBLE_CONFIG": str(tmp_path / "ansible.cfg")}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stderr
    listed = json.loads(ended.stdout)
    found = listed["_meta"]["hostvars"]
    assert {name: plain(found[name]) for name in found} == {
        host.name: {**host.variables, **inventory.variables} for host in hosts
    }
    assert found["a"]["mutualis_texts"][0] == {"__ansible_unsafe": "{{ 1 + 1 }}"}
    assert listed["role_compute"]["hosts"] == ["a", "b"]
    assert listed["role_control"]["hosts"] == ["b"]
