"""The unit file of the service: what it starts exists, and it gives away nothing that it does not need."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import click
import pytest

from orchestrator.cli.exporter import exporter_command

UNIT = Path(__file__).parents[3] / "packaging" / "systemd" / "mutualis-exporter.service"
HARDENED = {
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "MemoryDenyWriteExecute": "yes",
    "RestrictNamespaces": "yes",
    "UMask": "0077",
    "User": "mutualis-exporter",
}


def sections() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for line in UNIT.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), defaultdict(list))
        elif line and not line.startswith("#"):
            key, equals, value = line.partition("=")
            assert equals
            section[key].append(value)
    return found


def test_the_command_line_is_one_that_the_exporter_takes() -> None:
    """Parsed by the command itself, with an option of each kind that an operator may add."""
    (line,) = sections()["Service"]["ExecStart"]
    assert "credential" not in line.lower().replace("${credentials_directory}", "")
    words = shlex.split(
        line.replace("$MUTUALIS_EXPORTER_OPTIONS", "--web.config.file /web.yml --tokens /tokens --web.enable-lifecycle")
    )
    assert words[1] == "exporter"
    context = exporter_command.make_context("exporter", words[2:])
    assert isinstance(context, click.Context)
    assert context.params["lifecycle"] is True


def test_it_is_hardened() -> None:
    """What takes rights away is there, and no line gives one back."""
    service = sections()["Service"]
    assert {key: service[key] for key in HARDENED} == {key: [value] for key, value in HARDENED.items()}
    assert service["SystemCallFilter"] == ["@system-service", "~@privileged @resources"]


def test_the_reload_is_the_signal_that_the_exporter_hears() -> None:
    """HUP."""
    assert sections()["Service"]["ExecReload"] == ["/bin/kill -HUP $MAINPID"]


ANALYZE = shutil.which("systemd-analyze")


@pytest.mark.skipif(ANALYZE is None, reason="systemd is not on this machine")
def test_systemd_understands_it(tmp_path: Path) -> None:
    """Every key and value, with a command that exists in place of the installed one."""
    copy = tmp_path / UNIT.name
    text = UNIT.read_text(encoding="utf-8")
    copy.write_text(text.replace("/opt/mutualis/bin/mutualis", sys.executable), encoding="utf-8")
    result = subprocess.run([str(ANALYZE), "verify", copy], capture_output=True, text=True, check=False, timeout=60)
    assert [line for line in result.stderr.splitlines() if UNIT.name in line] == []
