"""Test hosts set up by the real applier with a small playbook, in this process or in one that may be killed."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.hosts_ansible.hosts import AnsibleHosts
from orchestrator.adapters.hosts_ansible.secrets_file import SecretsFile
from orchestrator.adapters.hosts_ansible.set_up import SetUp
from orchestrator.model.host_inventory import HostEntry, HostInventory
from orchestrator.model.host_result import HostResult

PLAYBOOK = Path(__file__).parents[1] / "hosts" / "applier" / "steps.yml"
PASSPHRASE = "canary-of-the-passphrase"
CANARIES = {"queue": "CanaryThatRolesShow", "administrator": "CanaryThatRolesHide"}
Variables = Mapping[str, Any]
OF_THE_REGION: Variables = {
    "mutualis_cloud": "steps",
    "mutualis_region_name": "RegionOne",
    "mutualis_control_name": "api.example",
    "mutualis_control_address": "10.77.0.10",
    "mutualis_certificate_authority": "own",
    "mutualis_served_backends": [],
}
KEPT = ("secrets.yml", "clouds.yaml", "authority.crt")
"""What an apply keeps in the region's folder: the last two lead to the cloud, with passwords as any such file."""


@dataclass(slots=True, kw_only=True)
class MachineRegion:
    """`hosts`: name -> address and variables of its own; several may be one machine. `seen`: what was told."""

    state: Path
    ssh_config: Path
    hosts: Mapping[str, tuple[str, Variables]]
    control: tuple[str, ...] = ()
    playbook: Path = PLAYBOOK
    seen: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def secrets(self) -> SecretsFile:
        return SecretsFile(self.state / "secrets.yml", PASSPHRASE)

    @property
    def inventory(self) -> HostInventory:
        hosts = tuple(self._entry(name, *told) for name, told in sorted(self.hosts.items()))
        return HostInventory(region="steps", variables={**OF_THE_REGION, "steps_text": "{{ 1 + 1 }}"}, hosts=hosts)

    def applier(self) -> AnsibleHosts:
        set_up = SetUp(playbook=self.playbook, roles=PLAYBOOK.parent / "roles", ssh_config=self.ssh_config)
        return AnsibleHosts(set_up, self.secrets, self.state, SystemClock())

    def apply(self, *hosts: str) -> Mapping[str, HostResult]:
        return self.applier().apply(self.inventory, hosts or tuple(sorted(self.hosts)), self._told)

    def check(self, *hosts: str) -> Mapping[str, HostResult]:
        return self.applier().check(self.inventory, hosts or tuple(sorted(self.hosts)), self._told)

    def command(self) -> tuple[str, ...]:
        """The command line of a process that applies the same."""
        told = {"state": str(self.state), "ssh_config": str(self.ssh_config), "hosts": self.hosts}
        return (sys.executable, __file__, json.dumps(told))

    def _told(self, host: str, status: str, task: str) -> None:
        self.seen.append((host, status, task))

    def _entry(self, name: str, address: str, variables: Variables) -> HostEntry:
        role = "role_control" if name in self.control else "role_compute"
        own = {"ansible_host": address, "ansible_user": "debian", "steps_folder": f"/srv/{name}", **variables}
        return HostEntry(name=name, address=address, groups=(role,), variables=own)


def main() -> None:
    told = json.loads(sys.argv[1])
    hosts = {name: (address, variables) for name, (address, variables) in told["hosts"].items()}
    MachineRegion(state=Path(told["state"]), ssh_config=Path(told["ssh_config"]), hosts=hosts).apply()


if __name__ == "__main__":
    main()
