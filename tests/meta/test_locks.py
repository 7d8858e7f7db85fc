"""What is installed is what was locked, byte for byte."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from source_tree import ROOT, shown

LOCKS = sorted({path.resolve() for path in (ROOT / "requirements").glob("*.txt")})


def entries(text: str) -> dict[str, int]:
    """Requirement (`name==version ; marker`) -> number of hashes."""
    joined = re.sub(r"\\\n\s*", " ", text)
    lines = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return {line.split(" --hash")[0].strip(): line.count("--hash=sha256:") for line in lines}


def read(name: str) -> set[str]:
    return set(entries((ROOT / "requirements" / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", LOCKS, ids=shown)
def test_every_entry_is_pinned_and_hashed(path: Path) -> None:
    """One exact version, at least one hash, no option that would lead elsewhere."""
    found = entries(path.read_text(encoding="utf-8"))
    assert len(found) >= 1
    assert [
        line for line, hashes in found.items() if hashes == 0 or not re.match(r"[\w.\-]+==[\w.!+\-]+( ;|$)", line)
    ] == []


def test_tests_run_on_the_versions_that_are_delivered() -> None:
    """Every entry of run.txt and hosts.txt stands in dev.txt as it is: what is installed for use is what was tested."""
    assert (read("run.txt") | read("hosts.txt")) - read("dev.txt") == set()
    assert read("run.txt") < read("hosts.txt")


def test_builder_of_the_package_is_locked_too() -> None:
    """The package is built without fetching anything: setuptools comes with the lock."""
    assert any(line.startswith("setuptools==") for line in read("run.txt"))


def test_entry_without_a_hash_is_seen() -> None:
    """The reading can fail."""
    assert entries("a==1 \\\n    --hash=sha256:00 \\\n    --hash=sha256:01\nb==2\n") == {"a==1": 2, "b==2": 0}
