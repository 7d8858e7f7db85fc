"""The peer's commands: its inventory, its settings, its two playbooks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tenancies.limits import COMPUTE, NETWORK, OPEN_PORTS, VOLUME, names

PLAYBOOKS = Path(__file__).parents[1] / "peers" / "openstack_cloud"


def inventory(cloud: str, tenants: int, python: Path) -> dict[str, Any]:
    """One host a tenant, all of them this machine."""
    rules = [
        {
            "protocol": "tcp",
            "port_range_min": port,
            "port_range_max": port,
            "remote_ip_prefix": "0.0.0.0/0",
        }
        for port in OPEN_PORTS
    ]
    variables = {
        "ansible_connection": "local",
        "ansible_python_interpreter": str(python),
        "cloud": cloud,
        "quota": {**COMPUTE, **VOLUME, **NETWORK},
        "rules": rules,
    }
    return {"all": {"vars": variables, "hosts": {name: {} for name in names(tenants)}}}


def settings(folder: Path, at_once: int, environment: Mapping[str, str]) -> dict[str, str]:
    """Environment of `ansible-playbook`: everything below `folder`, and the settings that make it quicker."""
    return {
        **environment,
        "ANSIBLE_HOME": str(folder / "ansible"),
        "ANSIBLE_LOCAL_TEMP": str(folder / "ansible" / "local"),
        "ANSIBLE_REMOTE_TEMP": str(folder / "ansible" / "remote"),
        "ANSIBLE_FORKS": str(at_once),
        "ANSIBLE_PIPELINING": "true",
        "ANSIBLE_NOCOLOR": "true",
        "LC_ALL": "C.UTF-8",
    }


def command(binaries: Path, folder: Path, playbook: str) -> list[str | Path]:
    """`playbook`: create or delete."""
    return [binaries / "ansible-playbook", "--inventory", folder / "tenants.json", PLAYBOOKS / f"{playbook}.yml"]


def write_inventory(folder: Path, cloud: str, tenants: int, python: Path) -> None:
    (folder / "tenants.json").write_text(json.dumps(inventory(cloud, tenants, python)), encoding="utf-8")
