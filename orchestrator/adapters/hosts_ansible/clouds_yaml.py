"""What an installed region hands to the half that serves tenants: `clouds.yaml`, and the authority that it trusts.

One entry acts, the other only looks: docs/operations.md, "Two entries in clouds.yaml".
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from orchestrator.adapters.hosts_ansible.region_secrets import Secrets
from orchestrator.adapters.records.private import write_whole
from orchestrator.model.host_inventory import HostInventory

CLOUDS: Final = "clouds.yaml"
AUTHORITY: Final = "authority.crt"
READER: Final = "mutualis-reader"
"""Account of the entry that looks; role `keystone` makes it, role `reading` lets it see."""

_WRITTEN = "# Written by `mutualis apply` from the secrets of the hosts: what is changed here by hand is lost\n"


def write_clouds(folder: Path, inventory: HostInventory, secrets: Secrets) -> Path:
    """Write both files (0600) into the region's state folder and return the clouds.yaml; twice is once.

    It holds passwords in the clear, as every clouds.yaml does: openstacksdk reads no other.
    """
    authority = folder / AUTHORITY
    cloud, passwords = inventory.variables["mutualis_cloud"], secrets["passwords"]
    clouds = {
        cloud: _entry(inventory, "admin", passwords["administrator"], authority),
        f"{cloud}-reader": _entry(inventory, READER, passwords["reader"], authority),
    }
    _keep(authority, secrets["authority"])
    _keep(folder / CLOUDS, _WRITTEN + json.dumps({"clouds": clouds}, indent=2) + "\n")  # YAML holds all of JSON
    return folder / CLOUDS


def _entry(inventory: HostInventory, account: str, password: str, authority: Path) -> dict[str, Any]:
    return {
        "auth": {
            "auth_url": f"https://{inventory.variables['mutualis_control_name']}:5000/v3",
            "username": account,
            "password": password,
            "project_name": "admin",
            "user_domain_name": "Default",
            "project_domain_name": "Default",
        },
        "region_name": inventory.variables["mutualis_region_name"],
        "identity_api_version": 3,
        "cacert": str(authority),
    }


def _keep(path: Path, text: str) -> None:
    if not path.exists() or path.read_text("utf-8") != text:
        write_whole(path, text)
