"""Snapshots that are none are refused before anything is touched."""

import io
import json
import tarfile
from pathlib import Path

import pytest

from lab.environment import lock_digest
from lab.errors import SnapshotError, SnapshotVersionError
from lab.layout import Layout
from lab.snapshot import FORMAT, read_snapshot, write_snapshot


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """Return a cloud with something in its state, that was ready once."""
    layout = Layout(tmp_path / "lab")
    layout.claim_root()
    layout.make()
    layout.guard.touch()
    for file in (layout.registered, layout.definition, layout.passwords):
        file.write_text("{}", encoding="ascii")
    (layout.state / "images" / "one").write_text("an image", encoding="ascii")
    return layout


def _archive(path: Path, manifest: object) -> Path:
    text = json.dumps(manifest).encode()
    with tarfile.open(path, "w:gz") as tar:
        entry = tarfile.TarInfo("manifest.json")
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
    return path


def _never() -> None:
    pytest.fail("the cloud was stopped for a snapshot that cannot be used")


def test_what_was_written_comes_back(layout: Layout, tmp_path: Path) -> None:
    """Files of the state come back as they were; the snapshot is for its owner only."""
    path = tmp_path / "base.tar.gz"
    write_snapshot(layout, path)
    assert path.stat().st_mode & 0o777 == 0o600
    (layout.state / "images" / "one").write_text("changed", encoding="ascii")
    (layout.state / "images" / "two").write_text("new", encoding="ascii")
    read_snapshot(layout, path, port_base=1, before=lambda: None)
    assert [file.read_text() for file in (layout.state / "images").iterdir()] == ["an image"]
    assert json.loads(layout.definition.read_text()) == {"port_base": 1}


def test_a_damaged_snapshot_is_refused(layout: Layout, tmp_path: Path) -> None:
    """Cut off, scribbled over, or never a snapshot: the state stays as it was."""
    path = tmp_path / "base.tar.gz"
    write_snapshot(layout, path)
    whole = path.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:200] + b"X" * 20 + whole[220:], b"hello"):
        path.write_bytes(damaged)
        with pytest.raises(SnapshotError, match="damaged") as caught:
            read_snapshot(layout, path, port_base=1, before=_never)
        assert caught.value.where == str(path)
    assert (layout.state / "images" / "one").exists()


def test_a_missing_file_in_a_snapshot_is_noticed(layout: Layout, tmp_path: Path) -> None:
    """The manifest lists every file with its digest."""
    manifest = {"format": FORMAT, "openstack": lock_digest(), "files": {"state/db/nova": "0" * 64}}
    with pytest.raises(SnapshotError, match="state/db/nova is missing or changed"):
        read_snapshot(layout, _archive(tmp_path / "a.tar.gz", manifest), port_base=1, before=_never)


@pytest.mark.parametrize("version", [(FORMAT + 1, lock_digest()), (FORMAT, "0123456789ab")])
def test_another_version_s_snapshot_is_refused(layout: Layout, tmp_path: Path, version: tuple[int, str]) -> None:
    """Another format, or another OpenStack with other tables."""
    manifest = {"format": version[0], "openstack": version[1], "files": {}}
    with pytest.raises(SnapshotVersionError, match=version[1]):
        read_snapshot(layout, _archive(tmp_path / "a.tar.gz", manifest), port_base=1, before=_never)


def test_a_snapshot_that_is_not_there_is_named(layout: Layout, tmp_path: Path) -> None:
    """The error says that the file does not exist, not that it is damaged."""
    with pytest.raises(SnapshotError, match="does not exist"):
        read_snapshot(layout, tmp_path / "none.tar.gz", port_base=1, before=_never)


def test_a_cloud_that_was_never_ready_has_no_snapshot(layout: Layout, tmp_path: Path) -> None:
    """Half a cloud is not worth keeping."""
    layout.registered.unlink()
    with pytest.raises(SnapshotError, match="never ready"):
        write_snapshot(layout, tmp_path / "a.tar.gz")
