"""Nobody can make reading a region's folder slow, large or nosy: only plain files of the folder are ever opened."""

from __future__ import annotations

import errno
import os
import socket
import tracemalloc
from pathlib import Path

import pytest

from orchestrator.model.finding import Finding, Severity
from orchestrator.spec import folder as reading
from orchestrator.spec.folder import TooMuchError, files, inside, read
from orchestrator.spec.region import load_region

MIBS = 16


def found(folder: Path) -> list[tuple[str, str, str]]:
    """(code, file, message) of what reading the folder finds."""
    return [told(finding, folder) for finding in read(folder)[1]]


def told(finding: Finding, folder: Path) -> tuple[str, str, str]:
    return finding.code, str(Path(finding.position.file).relative_to(folder)), finding.message


def test_a_file_of_a_gigabyte_is_refused_by_its_size(tmp_path: Path) -> None:
    """It is not read."""
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(1 << 30)
    tracemalloc.start()
    try:
        assert found(tmp_path) == [("SPEC004", "a.yaml", "the file has more than 1048576 bytes")]
        assert tracemalloc.get_traced_memory()[1] < MIBS << 20
    finally:
        tracemalloc.stop()


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size at the start is not believed."""
    (tmp_path / "a.yaml").write_bytes(b"a: 1\n")
    monkeypatch.setattr(os, "read", lambda _, count: b"a" * count)
    assert found(tmp_path) == [("SPEC004", "a.yaml", "the file has more than 1048576 bytes")]


def test_what_is_no_file_is_told_and_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe would wait, a device might act."""
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(tmp_path)
        server.bind("socket.yaml")
        monkeypatch.setattr(os, "open", None)
        assert found(tmp_path) == [
            ("SPEC011", "folder.yaml", "a folder that is named like a spec"),
            ("SPEC011", "pipe.yaml", "a pipe, no regular file"),
            ("SPEC011", "socket.yaml", "a socket, no regular file"),
        ]


def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    """Of files and of folders; and a file that a spec names may be one."""
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    (tmp_path / "up").symlink_to(".", target_is_directory=True)
    assert found(tmp_path) == [
        ("SPEC011", "up", "a link to a folder is not followed: no spec behind it is read"),
        ("SPEC011", "a.yaml", "cannot be read: Too many levels of symbolic links"),
        ("SPEC011", "b.yaml", "cannot be read: Too many levels of symbolic links"),
    ]
    assert inside(tmp_path, tmp_path / "a.yaml") is False


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    """One text under two names is the folder's own affair."""
    (tmp_path / "a.yaml").write_text("kind: Tenant\n")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    documents, findings = read(tmp_path)
    assert ([Path(document.file).name for document in documents], findings) == (["a.yaml", "b.yaml"], [])


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the system's reason; tests may run as root, who may read all."""

    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    (tmp_path / "a.yaml").write_text("kind: Tenant\n")
    monkeypatch.setattr(os, "open", refuse)
    assert found(tmp_path) == [("SPEC011", "a.yaml", "cannot be read: Permission denied")]


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in it is missing from the region, so the region is refused."""
    inner = tmp_path / "tenants"
    inner.mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path == str(inner):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    (finding,) = read(tmp_path)[1]
    assert told(finding, tmp_path) == ("SPEC011", "tenants", "cannot be read: Permission denied")
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize("name", ["a.YAML", "a.Yaml", "a.yml", "a.YML"])
def test_another_suffix_is_told(tmp_path: Path, name: str) -> None:
    """A tenant whose file is left out would be missing, and nobody would know."""
    (tmp_path / name).touch()
    assert found(tmp_path) == [("SPEC013", name, "specs end in .yaml; this file would be left out")]


def test_hidden_and_other_files_are_left_alone(tmp_path: Path) -> None:
    """An editor's copies, Git's folder, images, notes."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "folder.d").mkdir()
    for name in (".a.yaml", ".git/b.yaml", "c.yaml~", "d.json", "folder.d/e.md"):
        (tmp_path / name).touch()
    assert read(tmp_path) == ([], [])


def test_folders_within_folders_may_be_as_deep_as_paths_allow(tmp_path: Path) -> None:
    """No recursion to exhaust."""
    made = [tmp_path]
    for _ in range(1200):
        made.append(made[-1] / "d")
        made[-1].mkdir()
    file = made[-1] / "a.yaml"
    file.write_text("kind: Tenant\n")
    try:
        assert list(files(tmp_path)) == [file]
    finally:  # by hand: what removes folders of tests recurses
        file.unlink()
        for folder in reversed(made[1:]):
            folder.rmdir()


def test_too_many_files_are_refused_before_one_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred thousand files are no region; one finding says so, at the folder."""
    monkeypatch.setattr(reading, "MOST_FILES", 100)
    for number in range(101):
        (tmp_path / f"{number}.yaml").touch()
    monkeypatch.setattr(os, "open", None)
    loaded = load_region(tmp_path, rules=())
    assert loaded.specs is None
    assert [(one.code, one.message) for one in loaded.findings] == [("SPEC004", "the folder holds more than 100 specs")]
    assert loaded.findings[0].position.file == str(tmp_path)


def test_too_many_bytes_in_all_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is small; together they would fill the memory."""
    monkeypatch.setattr(reading, "MOST_BYTES", 2 << 20)
    for number in range(3):
        (tmp_path / f"{number}.yaml").write_bytes(b"#" * (1 << 20))
    with pytest.raises(TooMuchError, match="more than 2 MiB in all"):
        read(tmp_path)
