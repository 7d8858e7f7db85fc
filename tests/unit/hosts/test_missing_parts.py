"""Who cannot set up hosts for want of a part is told which, and what brings it, before anything is begun."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.hosts_ansible.hosts import AnsibleHosts
from orchestrator.adapters.hosts_ansible.secrets_file import SecretsFile
from orchestrator.adapters.hosts_ansible.set_up import SetUp
from orchestrator.errors import PermanentFailure
from orchestrator.wiring import hosts as wiring

PARTS = ("region.yml", "roles", "ansible-playbook")


@pytest.mark.parametrize("missing", PARTS)
def test_the_part_that_is_missing_is_named(tmp_path: Path, missing: str) -> None:
    """With what brings all of them."""
    for part in PARTS:
        if part != missing:
            (tmp_path / part).touch()
    playbook, roles, program = (tmp_path / part for part in PARTS)
    with pytest.raises(PermanentFailure) as refused:
        AnsibleHosts(
            SetUp(playbook=playbook, roles=roles, program=program),
            SecretsFile(tmp_path / "secrets.yml", "passphrase"),
            tmp_path,
            SystemClock(),
        )
    assert str(tmp_path / missing) in str(refused.value)
    assert "scripts/setup.sh hosts" in refused.value.hint


def test_a_wheel_without_roles_does_not_ask_for_ansible(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Installing it would lead nowhere."""
    monkeypatch.setattr(wiring, "PLAYBOOK", tmp_path / "region.yml")
    with pytest.raises(PermanentFailure, match=r"region\.yml"), wiring.needing_ansible():
        raise ModuleNotFoundError("ansible_runner")


def test_without_ansible_its_set_up_is_named() -> None:
    """By the script that installs what is locked."""
    with pytest.raises(PermanentFailure) as refused, wiring.needing_ansible():
        raise ModuleNotFoundError("ansible_runner")
    assert "scripts/setup.sh hosts" in refused.value.hint
