"""OpenStack's environment is installed once, whole or not at all."""

import sys
from pathlib import Path

import pytest

from lab import environment as module
from lab.environment import LOCK, Environment, lock_digest
from lab.errors import InstallationError


def test_every_locked_package_has_hashes_and_no_index_address() -> None:
    """The lock alone says what is installed, wherever it is fetched from."""
    text = LOCK.read_text(encoding="utf-8")
    blocks = [block for block in text.replace("\\\n", " ").splitlines() if block and not block.startswith("#")]
    assert len(blocks) > 150
    assert all("==" in block and "--hash=sha256:" in block for block in blocks)
    assert "://" not in text


def test_a_failed_installation_says_why_and_leaves_no_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The installer's last words are in the error; the environment does not count as installed."""
    lock = tmp_path / "lock.txt"
    lock.write_text("no-such-package-of-mutualis @ file:///nowhere/at/all\n", encoding="ascii")
    monkeypatch.setattr(module, "LOCK", lock)
    environment = Environment(directory=tmp_path / "cloud", interpreter=Path(sys.executable))
    lines: list[str] = []
    with pytest.raises(InstallationError, match="failed:"):
        environment.install(lines.append)
    assert not environment.is_installed()
    assert "installing OpenStack" in lines[0]


def test_an_environment_of_another_lock_is_not_this_one(tmp_path: Path) -> None:
    """The stamp names the lock that was installed."""
    environment = Environment(directory=tmp_path)
    environment.stamp.write_text("0123456789ab\n", encoding="ascii")
    assert not environment.is_installed()
    environment.stamp.write_text(f"{lock_digest()}\n", encoding="ascii")
    assert environment.is_installed()
    assert environment.install(pytest.fail) is False
