"""Ansible inventory plugin: a region's folder is the inventory, and nobody writes it twice.

    ansible-inventory -i inventory/metal/region.yaml --graph

`ansible.cfg` beside `playbooks/` names this folder. It must run in the environment in which Mutualis is installed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ansible.errors import AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin

from orchestrator.errors import MutualisError
from orchestrator.model.host_inventory import HostInventory
from orchestrator.wiring.hosts import inventory_of

DOCUMENTATION = """
name: mutualis
short_description: Hosts of a region, computed from its Region, Site and Host specs
description:
  - Give the file of the Region document as the inventory source; the rest of its folder is read too.
  - Groups are C(role_*), C(site_*), C(rack_*), C(aggregate_*), C(hardening_*) and C(maintenance).
  - Variables are C(mutualis_*); docs/hosts.md lists them.
options: {}
"""


class InventoryModule(BaseInventoryPlugin):  # type: ignore[misc] (ansible-core ships no types)
    """Reads specs, asks nobody anything, writes nothing."""

    NAME = "mutualis"

    def verify_file(self, path: str) -> bool:
        """A YAML document of kind Region."""
        file = Path(path)
        return file.suffix == ".yaml" and file.is_file() and "kind: Region" in file.read_text("utf-8").splitlines()

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:  # noqa: FBT001, FBT002 (Ansible's signature)
        super().parse(inventory, loader, path, cache)
        try:
            self._fill(inventory_of(Path(path).parent))
        except MutualisError as error:
            raise AnsibleParserError("; ".join(filter(None, (error.message, error.hint)))) from error

    def _fill(self, found: HostInventory) -> None:
        for name, value in found.variables.items():
            self.inventory.set_variable("all", name, value)
        for host in found.hosts:
            self.inventory.add_host(host.name)
            for name, value in host.variables.items():
                self.inventory.set_variable(host.name, name, value)
            for group in host.groups:
                self.inventory.add_group(group)
                self.inventory.add_host(host.name, group=group)
