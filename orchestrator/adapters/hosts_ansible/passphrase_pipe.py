"""A passphrase handed to one reader through a named pipe: it is never in a file, an argument or an environment."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def passphrase_pipe(path: Path, passphrase: str) -> Iterator[Path]:
    """Whoever opens `path` at first reads the passphrase; nobody does twice, and nobody needs to."""
    os.mkfifo(path, 0o600)
    writer = threading.Thread(target=_hand_over, args=(path, passphrase.encode()), daemon=True)
    writer.start()
    try:
        yield path
    finally:
        _release(path, writer)
        path.unlink()


def _hand_over(path: Path, passphrase: bytes) -> None:
    """Opening waits for a reader. A reader that closes at once has read nothing, and nothing is lost."""
    try:
        with path.open("wb", buffering=0) as pipe:
            pipe.write(passphrase)
    except BrokenPipeError:
        pass


def _release(path: Path, writer: threading.Thread) -> None:
    """End a writer that nobody has read from: be its reader, and read nothing."""
    while writer.is_alive():
        os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
        writer.join(0.05)
