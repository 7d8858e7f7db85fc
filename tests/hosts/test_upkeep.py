"""Roles `metrics` and `backups` on a machine: figures over TLS, backups that only their recipient opens."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from backup_recipient import PRIVATE, PUBLIC
from hosts_fixture import Machines

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.hosts_ansible.authority import issued, new_authority

pytestmark = [pytest.mark.hosts, pytest.mark.timeout(1800)]

ROOT = Path(__file__).parents[2]
HOST, TARGET, ADDRESS = "control-1", "compute-1", "10.77.0.11"
PLAY = """
- hosts: control-1
  gather_facts: false
  become: true
  roles: [certificates, metrics, backups]
"""


@dataclass(frozen=True, slots=True)
class Backups:
    """The machine that makes backups, and how the role is applied to it."""

    machines: Machines
    folder: Path

    def apply(self, **variables: Any) -> int:
        """Run the play; how many tasks changed something."""
        now = SystemClock().now()
        (self.folder / "play.yml").write_text(PLAY)
        (self.folder / "hosts").write_text(f"control-1 ansible_host={ADDRESS} ansible_user=root\n")
        (self.folder / "variables.json").write_text(json.dumps({**self._certified(now), **variables}))
        layout = self.machines.hosts.layout
        own = {
            "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
            "ANSIBLE_SSH_COMMON_ARGS": f"-F {layout.ssh_config}",
            # connections that stay open are named by address, which other test hosts may have too
            "ANSIBLE_SSH_CONTROL_PATH": f"%(directory)s/{layout.namespace.name}-%%C",
            "ANSIBLE_HOME": str(self.folder / "ansible"),
            "ANSIBLE_INVENTORY_ENABLED": "ini",
        }
        given = ("-i", str(self.folder / "hosts"), "-e", f"@{self.folder / 'variables.json'}")
        done = subprocess.run(
            [str(Path(sys.executable).with_name("ansible-playbook")), *given, str(self.folder / "play.yml")],
            env={**os.environ, **own},
            capture_output=True,
            text=True,
            check=False,
            timeout=800,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        (changed,) = re.findall(r"changed=(\d+)", done.stdout)
        return int(changed)

    def _certified(self, now: dt.datetime) -> dict[str, str]:
        """The same at each call: a certificate that is another is a change."""
        file = self.folder / "certificates.json"
        if not file.exists():
            authority = new_authority("test", now)
            host = issued(authority, HOST, [ADDRESS], now)
            told = {"certificates_own": host.certificate, "certificates_key": host.key}
            told |= {"metrics_certificate": host.certificate, "metrics_key": host.key, "metrics_address": ADDRESS}
            file.write_text(json.dumps({"certificates_authority": authority.certificate, **told}))
        found: dict[str, str] = json.loads(file.read_text())
        return found

    def made(self) -> int:
        """Make a backup now; the exit code of the unit's start."""
        return self.machines.on(HOST, "systemctl start region-backup.service").returncode

    def opened(self, where: str, what: str) -> str:
        """What the newest one holds, opened by the recipient's key."""
        self.machines.said(HOST, f"umask 077; echo {PRIVATE} > /run/identity")
        newest = f"$(ls {where}/{HOST}-*-{what}.age | tail -1)"
        return self.machines.said(HOST, f"age --decrypt --identity /run/identity {newest} | gunzip")


@pytest.fixture(scope="module")
def backups(machines: Machines, tmp_path_factory: pytest.TempPathFactory) -> Backups:
    """A machine with both roles applied, whose databases are a program that prints a line of SQL."""
    found = Backups(machines, tmp_path_factory.mktemp("upkeep"))
    write_dump(machines, "echo 'create table kept (id int);'")
    assert found.apply(**to("file:///srv/backups")) > 0
    return found


def to(target: str) -> dict[str, Any]:
    return {
        "backups_target": target,
        "backups_recipients": [PUBLIC],
        "backups_address": ADDRESS,
        "backups_databases": ["nova"],
        "backups_keep_days": 30,
        "backups_textfiles": "/var/lib/prometheus/node-exporter",
    }


def write_dump(machines: Machines, does: str) -> None:
    """What `mariadb-dump` does from now on."""
    script = f"#!/bin/sh\n{does}\n"
    machines.said(HOST, f"cat > /usr/local/bin/mariadb-dump <<'END'\n{script}END\nchmod +x /usr/local/bin/mariadb-dump")


def test_a_second_run_changes_nothing(backups: Backups) -> None:
    """Neither role."""
    assert backups.apply(**to("file:///srv/backups")) == 0


def test_only_the_recipient_opens_a_backup(backups: Backups) -> None:
    """Databases and configuration, whole; what lies on disks is encrypted."""
    assert backups.made() == 0
    assert backups.opened("/srv/backups", "databases.sql.gz") == "create table kept (id int);"
    listed = backups.machines.said(
        HOST,
        "age --decrypt --identity /run/identity $(ls /srv/backups/*configuration*.age | tail -1) | tar --list --gzip",
    )
    assert "etc/hostname" in listed.splitlines()
    heads = backups.machines.said(HOST, "head --quiet --bytes=22 /srv/backups/*.age /var/lib/region/backups/*.age")
    assert heads.split() == ["age-encryption.org/v1"] * 4


def test_a_dump_that_breaks_off_is_no_backup(backups: Backups) -> None:
    """The unit fails, and half a dump is kept nowhere."""
    count = "ls /srv/backups /var/lib/region/backups | grep -c databases"
    before = backups.machines.said(HOST, count)
    write_dump(backups.machines, "echo 'create table'; exit 3")
    assert backups.made() != 0
    assert backups.machines.said(HOST, count) == before
    write_dump(backups.machines, "echo 'create table kept (id int);'")


def test_old_backups_go(backups: Backups) -> None:
    """At the target and here; those of other hosts stay."""
    old = "20250101T000000Z-configuration.tar.gz.age"
    files = f"/srv/backups/{HOST}-{old} /srv/backups/other-{old} /var/lib/region/backups/{HOST}-{old}"
    backups.machines.said(HOST, f"touch --date='40 days ago' {files}")
    assert backups.made() == 0
    left = backups.machines.said(HOST, f"ls {files} 2>/dev/null || true")
    assert left == f"/srv/backups/other-{old}"


def test_figures_are_told_over_tls_on_one_address(backups: Backups) -> None:
    """By the region's certificate, with when the last backup was made."""
    ask = f"import urllib.request as u; print(u.urlopen('https://{ADDRESS}:9100/metrics', timeout=60).read().decode())"
    told = backups.machines.said(HOST, f'python3 -c "{ask}"')
    assert re.search(r"^region_backup_timestamp_seconds 1\.\d+e\+09$", told, re.MULTILINE)
    assert backups.machines.said(HOST, "ss -Hltn 'sport = 9100' | awk '{print $4}'") == f"{ADDRESS}:9100"


def test_backups_leave_the_site_by_sftp(backups: Backups) -> None:
    """With a key of the host's own, to an account that the target has for it; old ones go there too."""
    assert backups.apply(**to(f"sftp://{TARGET}/srv/backups")) > 0
    key = backups.machines.said(HOST, "cat /etc/region/backups/key.pub")
    old = f"/srv/backups/{HOST}-20250101T000000Z-databases.sql.gz.age"
    backups.machines.said(
        TARGET,
        "useradd --create-home --home-dir /srv/keeper region-backup;"
        " install -d -o region-backup /srv/backups /srv/keeper/.ssh;"
        f" echo '{key}' > /srv/keeper/.ssh/authorized_keys; install -o region-backup /dev/null {old}",
    )
    assert backups.made() == 0, backups.machines.on(HOST, "journalctl --unit region-backup --lines 20").stdout
    names = backups.machines.said(TARGET, "ls /srv/backups").splitlines()
    assert [re.sub(r"-\d{8}T\d{6}Z-", "-TIME-", name) for name in names] == [
        f"{HOST}-TIME-configuration.tar.gz.age",
        f"{HOST}-TIME-databases.sql.gz.age",
    ]
    assert old.rpartition("/")[2] not in names
