"""The version of what sets hosts up changes with its text, and with nothing else."""

from __future__ import annotations

from pathlib import Path

from orchestrator.adapters.hosts_ansible.version import content_version


def roles(folder: Path) -> Path:
    (folder / "roles" / "base" / "tasks").mkdir(parents=True)
    (folder / "roles" / "base" / "tasks" / "main.yml").write_text("- name: One\n")
    (folder / "roles" / "base" / "run.py").write_text("print()\n")
    return folder / "roles"


def test_the_same_text_has_the_same_version(tmp_path: Path) -> None:
    """Wherever it lies, whatever Python and editors left in it."""
    one, two = roles(tmp_path / "a"), roles(tmp_path / "b")
    (two / "base" / "__pycache__").mkdir()
    (two / "base" / "__pycache__" / "run.pyc").write_bytes(b"x")
    (two / "base" / ".main.yml.swp").write_text("x")
    assert content_version(one) == content_version(two)
    assert len(content_version(one)) == 64


def test_any_change_of_a_file_changes_it(tmp_path: Path) -> None:
    """Its content, its name, whether it can be run."""
    folder = roles(tmp_path)
    found = {content_version(folder)}
    (folder / "base" / "tasks" / "main.yml").write_text("- name: Two\n")
    found.add(content_version(folder))
    (folder / "base" / "run.py").chmod(0o755)
    found.add(content_version(folder))
    (folder / "base" / "run.py").rename(folder / "base" / "ran.py")
    found.add(content_version(folder))
    assert len(found) == 4
