"""The cloud's directory: private, its own, and used by one command at a time."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from lab.cloud import Cloud
from lab.errors import BusyError, DirectoryError, EnvironmentMissingError, ShapeError
from lab.guard import guarded
from lab.layout import Layout

HOLDER = """
import sys
from pathlib import Path
from lab.guard import guarded
from lab.layout import Layout
with guarded(Layout(Path(sys.argv[1]))):
    print(flush=True)
    sys.stdin.read()
"""


def test_two_commands_do_not_act_at_once(tmp_path: Path) -> None:
    """The second is told the first one's process; when that is killed, the way is free."""
    layout = Layout(tmp_path / "lab")
    command = [sys.executable, "-c", HOLDER, str(layout.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(BusyError, match=f"process {holder.pid}"), guarded(layout):
            pytest.fail("both had it")
        holder.kill()
    with guarded(layout):
        assert layout.root.stat().st_mode & 0o777 == 0o700


def test_a_directory_with_other_files_is_left_alone(tmp_path: Path) -> None:
    """Somebody's home directory does not become a cloud, nor does reset touch it."""
    (tmp_path / "thesis.txt").write_text("years of work", encoding="ascii")
    cloud = Cloud(directory=tmp_path, python=Path(sys.executable))
    with pytest.raises(DirectoryError, match="not an embedded cloud's"):
        cloud.up(print)
    cloud.reset()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("sign", list("?#$%{}\n"))
def test_a_path_that_would_break_an_address_is_refused(tmp_path: Path, sign: str) -> None:
    """Characters that SQLAlchemy, oslo.config or Nova give a meaning are refused, and named."""
    with pytest.raises(DirectoryError, match=re.escape(repr(sign))):
        Cloud(directory=tmp_path / f"what{sign}", python=Path(sys.executable)).up(print)
    assert list(tmp_path.iterdir()) == []


def test_a_cloud_of_unknown_shape_is_refused(tmp_path: Path) -> None:
    """The first start needs a shape."""
    with pytest.raises(ShapeError, match="nothing is known"):
        Cloud(directory=tmp_path / "lab", python=Path(sys.executable)).up(print)


def test_what_is_not_there_is_down(tmp_path: Path) -> None:
    """Status, down and reset of a cloud that never was neither fail nor create anything."""
    cloud = Cloud(directory=tmp_path / "lab")
    assert cloud.status().is_down
    assert not cloud.status().is_up
    assert cloud.down() == 0
    cloud.reset()
    assert not cloud.directory.exists()
    with pytest.raises(DirectoryError, match="holds no cloud"):
        cloud.snapshot(tmp_path / "x.tar.gz")


def test_openstack_that_is_not_installed_is_missed_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the environment, up says where it was looked for."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(EnvironmentMissingError, match="not installed") as caught:
        Cloud(directory=tmp_path / "lab").up(print)
    assert str(tmp_path / "cache" / "mutualis") in caught.value.where
