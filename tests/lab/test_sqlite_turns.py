"""SQLite below OpenStack: writers in many threads never meet 'database is locked'."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import lab

pytestmark = pytest.mark.cloud

LOAD = Path(__file__).with_name("sqlite_load.py")
PLUGINS = Path(lab.__file__).parent / "plugins"


def _load(python: Path, url: str) -> Any:
    run = subprocess.run(
        [python, "-P", LOAD, url], env={"PYTHONPATH": str(PLUGINS)}, capture_output=True, text=True, check=True
    )
    return json.loads(run.stdout)


def test_no_write_is_refused_or_lost(openstack_python: Path, tmp_path: Path) -> None:
    """Known writers, readers, and readers that become writers, readings for update, in eight threads: all count."""
    result = _load(openstack_python, f"sqlite:///{tmp_path}/turns?plugin=mutualis")
    assert result["errors"] == {}
    assert result["raised"] == result["wanted"]


def test_without_turns_writes_are_refused(openstack_python: Path, tmp_path: Path) -> None:
    """The same load on SQLite as it comes fails: the load is hard enough to show the difference."""
    result = _load(openstack_python, f"sqlite:///{tmp_path}/plain?timeout=0.1")
    assert sum(result["errors"].values()) > 0
    assert result["raised"] < result["wanted"]
