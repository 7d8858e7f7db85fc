"""One bare machine that is measured, hardened at each level and measured again, by the product's own adapters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hosts_fixture import Machines

from lab.waiting import wait_until
from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.hosts_ansible.audit import AnsibleAudit
from orchestrator.adapters.hosts_ansible.hosts import AnsibleHosts
from orchestrator.adapters.hosts_ansible.secrets_file import SecretsFile
from orchestrator.adapters.hosts_ansible.set_up import SetUp
from orchestrator.adapters.records.audit_file import AuditFile
from orchestrator.flow.audit import AuditWorld, audit
from orchestrator.model.audit import AuditedHost, Standing
from orchestrator.model.host_result import HostResult
from orchestrator.model.installation import SshLogin
from orchestrator.model.site import HardeningLevel
from orchestrator.model.specs import Specs
from orchestrator.planning.hosts.inventory import host_inventory
from orchestrator.spec.region import load_region
from policies import hardening

ROOT: Final = Path(__file__).parents[2]
NAME: Final = "nord-1"
LOGIN: Final = "debian"
MINIMAL, INTERMEDIARY, ENHANCED, HIGH = HardeningLevel
PLAY: Final = """\
- name: Harden
  hosts: all
  gather_facts: false
  become: true
  vars:
    hardening_level: "{{ mutualis_hardening }}"
    hardening_installer: "{{ ansible_user }}"
    hardening_administrators: "{{ mutualis_administrators | map(attribute='name') | list }}"
    hardening_announced_addresses: false
  roles:
    - {role: hardening}
  post_tasks:
    - name: Look
      ansible.builtin.include_role: {name: hardening, tasks_from: first_look}
"""
LOOKS: Final = "systemctl is-active region-first-look"


@dataclass(frozen=True, slots=True)
class HardenedMachine:
    """A machine of one region of one host, entered by an ordinary user with sudo."""

    machines: Machines
    folder: Path

    def audit(self, level: HardeningLevel) -> AuditedHost:
        """Measured and judged at a level, whatever it was hardened at."""
        hosts = AnsibleAudit(self._set_up(ROOT / "playbooks" / "audit.yml"), self.folder / "state")
        world = AuditWorld(hosts=hosts, records=AuditFile(self.folder / "audit.json"), clock=SystemClock())
        (found,) = audit(specs(level), hardening.guide(), world, (), _unheard).hosts
        assert found.failure is None, found.failure
        return found

    def check(self, level: HardeningLevel) -> HostResult:
        return self._hosts().check(host_inventory(specs(level)), (NAME,), _unheard)[NAME]

    def harden(self, level: HardeningLevel) -> HostResult:
        """Done when AIDE has looked too."""
        done = self._hosts().apply(host_inventory(specs(level)), (NAME,), _unheard)[NAME]
        assert wait_until(lambda: self.machines.on(NAME, LOOKS).stdout.strip() != "active", seconds=300, every=1)
        return done

    def _hosts(self) -> AnsibleHosts:
        playbook = self.folder / "play" / "harden.yml"
        playbook.parent.mkdir(exist_ok=True)
        playbook.write_text(PLAY, encoding="utf-8")
        secrets = SecretsFile(self.folder / "secrets.yml", "passphrase of this test")
        return AnsibleHosts(self._set_up(playbook), secrets, self.folder / "state", SystemClock())

    def _set_up(self, playbook: Path) -> SetUp:
        return SetUp(playbook=playbook, roles=ROOT / "roles", ssh_config=self.machines.hosts.layout.ssh_config)


def specs(level: HardeningLevel) -> Specs:
    """Of `inventory/metal`, its first host alone."""
    found = load_region(ROOT / "inventory" / "metal", rules=()).specs
    assert found
    assert found.region.installation
    installation = replace(found.region.installation, ssh=SshLogin(user=LOGIN, port=22))
    host = replace(found.hosts[NAME], hardening=level)
    return replace(found, region=replace(found.region, installation=installation), hosts={NAME: host})


def by_standing(host: AuditedHost) -> Mapping[Standing, set[str]]:
    """Names of rules."""
    return {one: {rule.rule for rule in host.rules if rule.standing is one} for one in Standing}


def _unheard(_host: str, _end: str, _task: str) -> None:
    pass
