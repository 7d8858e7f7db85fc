"""The `mutualis` command in this process: what it prints, and what it ends with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestrator.cli import main as command_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    code: int
    out: str
    err: str


Mutualis = Callable[..., Ended]


@pytest.fixture
def mutualis(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Mutualis:
    """Run the command as a shell would, in an environment that knows nothing."""
    for name in (
        "MUTUALIS_PASSPHRASE",
        "MUTUALIS_PASSPHRASE_FILE",
        "OS_CLIENT_CONFIG_FILE",
        "PULUMI_CONFIG_PASSPHRASE",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MUTUALIS_STATE", str(tmp_path / "state"))

    def run(*arguments: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["mutualis", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            command_line.main()
        said = capsys.readouterr()
        return Ended(code=int(ended.value.code or 0), out=said.out, err=said.err)

    return run
