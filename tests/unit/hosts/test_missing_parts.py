"""Who cannot set up hosts for want of a part is told which, and where it comes from, before anything is begun."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.hosts_ansible.hosts import AnsibleHosts
from orchestrator.adapters.hosts_ansible.secrets_file import SecretsFile
from orchestrator.adapters.hosts_ansible.set_up import SetUp
from orchestrator.errors import PermanentFailure


def refusal(folder: Path) -> PermanentFailure:
    """Of a set-up whose program, playbook and roles are in one folder."""
    set_up = SetUp(playbook=folder / "region.yml", roles=folder / "roles", program=folder / "ansible-playbook")
    with pytest.raises(PermanentFailure) as refused:
        AnsibleHosts(set_up, SecretsFile(folder / "secrets.yml", "passphrase"), folder, SystemClock())
    return refused.value


def test_ansible_comes_with_the_extra(tmp_path: Path) -> None:
    """The hint is what to type."""
    assert "mutualis[hosts]" in str(refusal(tmp_path).hint)


def test_roles_come_with_a_clone(tmp_path: Path) -> None:
    """Wheels have none."""
    (tmp_path / "ansible-playbook").touch()
    found = refusal(tmp_path)
    assert str(tmp_path / "region.yml") in str(found)
    assert "scripts/setup.sh" in str(found.hint)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ansible-playbook"]
