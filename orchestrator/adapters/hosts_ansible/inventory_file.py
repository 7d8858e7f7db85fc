"""The computed inventory as a file for Ansible: YAML in which no text of a spec is ever a template."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from orchestrator.model.host_inventory import HostInventory

TEMPLATES: Final = ("{{", "{%", "{#")  # Jinja's


def inventory_text(inventory: HostInventory) -> str:
    """The whole region, for variables look at other hosts' variables too. Nothing secret is in it."""
    hosts = {host.name: host.variables for host in inventory.hosts}
    nothing: dict[str, Any] = {}
    groups = {group: {"hosts": dict.fromkeys(names, nothing)} for group, names in inventory.groups.items()}
    return _yaml({"all": {"vars": inventory.variables, "hosts": hosts, "children": groups}}) + "\n"


def _yaml(value: Any) -> str:
    """JSON, which is YAML too, but for texts that Ansible would evaluate, which are marked `!unsafe`.

    Only those: of a marked text Ansible's parser makes what it looks like, of `"yes"` true and of `""` nothing.
    """
    if isinstance(value, str):
        text = json.dumps(value, ensure_ascii=False)
        return f"!unsafe {text}" if any(mark in value for mark in TEMPLATES) else text
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(str(name))}: {_yaml(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    return json.dumps(value)
