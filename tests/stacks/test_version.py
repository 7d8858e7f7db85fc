"""The version of the programs."""

from pathlib import Path

from stacks import PROGRAM_VERSION, PROVIDER_VERSION
from stacks.version import _source_digest


def _package(folder: Path, **modules: str) -> Path:
    folder.mkdir()
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


def test_it_changes_with_every_module_and_not_with_the_place(tmp_path: Path) -> None:
    """Text and name of each module count; where the package lies does not."""
    one = _source_digest(_package(tmp_path / "one", a="x = 1", b=""))
    assert one == _source_digest(_package(tmp_path / "two", a="x = 1", b=""))
    assert one != _source_digest(_package(tmp_path / "three", a="x = 2", b=""))
    assert one != _source_digest(_package(tmp_path / "four", a="", b="x = 1"))


def test_the_programs_have_one() -> None:
    """A SHA-256, and the provider that they were written for."""
    assert len(PROGRAM_VERSION) == 64
    assert PROVIDER_VERSION.startswith("5.5.")
