"""``clouds.yaml``, OpenStack's own file of credentials: one entry to write with, one to read with."""

from collections.abc import Mapping
from typing import Any

import yaml

from lab.control_plane import KEYSTONE
from lab.definition import ADMIN, READER, Definition
from lab.layout import Layout
from lab.private_file import write_private


def reader_name(cloud_name: str) -> str:
    return f"{cloud_name}-reader"


def write_clouds_yaml(layout: Layout, definition: Definition, passwords: Mapping[str, str], cloud_name: str) -> None:
    """Write the file (0600); both entries are for the project admin."""
    clouds = {
        cloud_name: _entry(definition, ADMIN, passwords[ADMIN]),
        reader_name(cloud_name): _entry(definition, READER, passwords[READER]),
    }
    write_private(layout.clouds_yaml, yaml.safe_dump({"clouds": clouds}, sort_keys=False))


def _entry(definition: Definition, user: str, password: str) -> dict[str, Any]:
    return {
        "auth": {
            "auth_url": f"{KEYSTONE.url(definition.port_base)}/v3",
            "username": user,
            "password": password,
            "project_name": ADMIN,
            "user_domain_name": "Default",
            "project_domain_name": "Default",
        },
        "region_name": definition.shape.region,
        "interface": "public",
        "identity_api_version": 3,
    }
