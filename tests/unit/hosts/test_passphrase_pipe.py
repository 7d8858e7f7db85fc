"""A passphrase goes through a pipe to one reader, and nothing is left of it."""

from __future__ import annotations

import threading
from pathlib import Path

from orchestrator.adapters.hosts_ansible.passphrase_pipe import passphrase_pipe


def test_one_reader_gets_it(tmp_path: Path) -> None:
    """The pipe is private, and gone afterwards."""
    with passphrase_pipe(tmp_path / "pipe", "made up") as pipe:
        assert pipe.is_fifo()
        assert pipe.stat().st_mode & 0o777 == 0o600
        assert pipe.read_text() == "made up"
    assert list(tmp_path.iterdir()) == []


def test_nobody_needs_to_read(tmp_path: Path) -> None:
    """A program that ended before it came to that leaves no thread behind."""
    before = threading.active_count()
    with passphrase_pipe(tmp_path / "pipe", "made up"):
        pass
    assert threading.active_count() == before
    assert list(tmp_path.iterdir()) == []
