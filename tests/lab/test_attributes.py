"""Extended attributes of files, in which Swift keeps what it knows of an object."""

import os
from pathlib import Path

import pytest

from lab.attributes import check_attributes, read_attributes, write_attributes
from lab.errors import DirectoryError


def test_attributes_come_back(tmp_path: Path) -> None:
    """What was read of one tree is what the same files of another one have afterwards, bytes of any kind included."""
    before, after = tmp_path / "before", tmp_path / "after"
    for directory in (before, after):
        (directory / "deep").mkdir(parents=True)
        (directory / "deep" / "object").touch()
        (directory / "plain").touch()
    os.setxattr(before / "deep" / "object", "user.swift.metadata", b"\x80\x02\x00")
    attributes = read_attributes(before)
    assert list(attributes) == ["deep/object"]
    write_attributes(after, attributes)
    assert os.getxattr(after / "deep" / "object", "user.swift.metadata") == b"\x80\x02\x00"
    assert read_attributes(after) == attributes


def test_attributes_of_files_elsewhere_are_refused(tmp_path: Path) -> None:
    """A snapshot that was tampered with reaches nothing outside of itself."""
    (tmp_path / "inside").mkdir()
    (tmp_path / "mine").touch()
    with pytest.raises(ValueError, match="lies outside"):
        write_attributes(tmp_path / "inside", {"../mine": {"user.x": "MQ=="}})
    assert os.listxattr(tmp_path / "mine") == []


def test_a_file_system_that_has_them_is_left_as_it_was(tmp_path: Path) -> None:
    """The probe is taken away again."""
    check_attributes(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a network file system answers."""

    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "setxattr", refuse)
    with pytest.raises(DirectoryError, match="Operation not supported") as caught:
        check_attributes(tmp_path)
    assert "without Swift" in caught.value.what_to_do
    assert list(tmp_path.iterdir()) == []
