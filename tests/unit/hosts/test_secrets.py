"""Secrets of hosts are made once, kept encrypted, and completed when hosts come."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509

from orchestrator.adapters.hosts_ansible.due import ENDING, UNKNOWN, due
from orchestrator.adapters.hosts_ansible.passwords import rabbitmq_hash
from orchestrator.adapters.hosts_ansible.region_secrets import Secrets, completed
from orchestrator.adapters.hosts_ansible.secrets_file import SecretsFile
from orchestrator.errors import PermanentFailure
from orchestrator.model.host_inventory import HostInventory
from orchestrator.wiring.hosts import inventory_of

METAL = Path(__file__).parents[3] / "inventory" / "metal"
NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def metal() -> HostInventory:
    return inventory_of(METAL)


@pytest.fixture(scope="module")
def secrets(metal: HostInventory) -> Secrets:
    return completed({}, metal, NOW)


def test_what_is_known_is_never_made_anew(metal: HostInventory, secrets: Secrets) -> None:
    """A second run has the same passwords, keys and certificates: hosts see no change."""
    assert completed(secrets, metal, NOW + dt.timedelta(days=300)) == secrets


def test_a_certificate_that_ends_soon_is_made_anew(metal: HostInventory, secrets: Secrets) -> None:
    """Of the same authority; passwords stay."""
    later = completed(secrets, metal, NOW + dt.timedelta(days=360))
    assert later["passwords"] == secrets["passwords"]
    assert later["authority"] == secrets["authority"]
    for name, made in later["certificates"].items():
        assert made["certificate"] != secrets["certificates"][name]["certificate"]


def test_only_a_host_whose_names_changed_gets_a_new_certificate(metal: HostInventory, secrets: Secrets) -> None:
    """The others keep theirs; that of a host that left is forgotten."""
    moved = replace(metal.hosts[1], address="10.77.0.99")
    found = completed(secrets, replace(metal, hosts=(metal.hosts[0], moved)), NOW)
    assert found["certificates"].keys() == {"nord-1", "nord-2"}
    assert found["certificates"]["nord-1"] == secrets["certificates"]["nord-1"]
    assert found["certificates"]["nord-2"] != secrets["certificates"]["nord-2"]


def test_control_hosts_answer_for_the_region_too(secrets: Secrets) -> None:
    """Name and address of the control plane stand in their certificates, and in no other."""
    names = {}
    for host, made in secrets["certificates"].items():
        found = x509.load_pem_x509_certificate(made["certificate"].encode())
        alternative = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names[host] = {str(one.value) for one in alternative}
    assert names == {
        "nord-1": {"nord-1", "10.77.0.11", "api.metal.example", "10.77.0.10"},
        "nord-2": {"nord-2", "10.77.0.21"},
        "sud-1": {"sud-1", "10.77.0.22"},
    }


def test_the_hash_of_rabbitmq_is_of_its_password() -> None:
    """Four bytes of salt, then SHA-256 of both."""
    raw = base64.b64decode(rabbitmq_hash("secret"))
    assert raw[4:] == hashlib.sha256(raw[:4] + b"secret").digest()


def test_the_file_holds_no_secret_in_the_clear(tmp_path: Path, secrets: Secrets) -> None:
    """Mode 0600, encrypted, and read back whole."""
    file = SecretsFile(tmp_path / "secrets.yml", "made-up")
    file.write(secrets)
    text = (tmp_path / "secrets.yml").read_text()
    assert text.startswith("$ANSIBLE_VAULT;")
    assert secrets["passwords"]["administrator"] not in text
    assert (tmp_path / "secrets.yml").stat().st_mode & 0o777 == 0o600
    assert file.read() == secrets


def test_writing_the_same_changes_no_byte(tmp_path: Path, secrets: Secrets) -> None:
    """So that a backup or a commit sees a change only when there is one."""
    file = SecretsFile(tmp_path / "secrets.yml", "made-up")
    file.write(secrets)
    before = (tmp_path / "secrets.yml").read_bytes()
    file.write(secrets)
    assert (tmp_path / "secrets.yml").read_bytes() == before


def test_another_passphrase_is_told(tmp_path: Path, secrets: Secrets) -> None:
    """And nothing is overwritten by new secrets."""
    SecretsFile(tmp_path / "secrets.yml", "made-up").write(secrets)
    with pytest.raises(PermanentFailure, match="cannot read the secrets"):
        SecretsFile(tmp_path / "secrets.yml", "another").write(secrets)


def test_plain_ansible_vault_reads_it(tmp_path: Path, secrets: Secrets) -> None:
    """Nobody needs us to get at their own region."""
    SecretsFile(tmp_path / "secrets.yml", "made-up").write(secrets)
    (tmp_path / "passphrase").write_text("made-up")
    vault = str(Path(sys.executable).with_name("ansible-vault"))
    command = [vault, "view", "--vault-password-file", str(tmp_path / "passphrase"), str(tmp_path / "secrets.yml")]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert json.loads(shown.stdout) == {"mutualis_secrets": secrets}


def test_hosts_are_due_for_new_secrets_when_theirs_end_or_are_lost(metal: HostInventory, secrets: Secrets) -> None:
    """Exactly those of which the next run would make something anew."""
    moved = replace(metal.hosts[1], address="10.77.0.99")
    assert due(secrets, metal, NOW + dt.timedelta(days=300)) == {}
    assert due(secrets, metal, NOW + dt.timedelta(days=360)).keys() == {"nord-1", "nord-2", "sud-1"}
    assert due(secrets, replace(metal, hosts=(metal.hosts[0], moved)), NOW) == {"nord-2": ENDING}
    assert set(due({}, metal, NOW).values()) == {UNKNOWN}
