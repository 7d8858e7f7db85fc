"""Measuring hosts: the adapter, the record, and what the product knows of the rules."""

from __future__ import annotations

from pathlib import Path

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.records.audit_file import AuditFile
from orchestrator.flow.audit import AuditWorld
from orchestrator.model.audit import Guide
from orchestrator.ports import HostAudit
from orchestrator.settings import Settings
from orchestrator.wiring.hosts import AUDIT, ROLES, needing_ansible
from policies import hardening


def audit_guide() -> Guide:
    return hardening.guide()


def audit_world(region: str, settings: Settings) -> AuditWorld:
    """Raises PermanentFailure without the `hosts` extra."""
    folder = settings.region_folder(region)
    return AuditWorld(hosts=_hosts(folder, settings), records=AuditFile(folder / "audit.json"), clock=SystemClock())


def _hosts(folder: Path, settings: Settings) -> HostAudit:
    with needing_ansible():
        from orchestrator.adapters.hosts_ansible.audit import AnsibleAudit  # noqa: PLC0415 (not everybody's)
        from orchestrator.adapters.hosts_ansible.set_up import SetUp  # noqa: PLC0415 (the same)
    return AnsibleAudit(SetUp(playbook=AUDIT, roles=ROLES, ssh_config=settings.ssh_config), folder)
