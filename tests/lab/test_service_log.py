"""The last telling line of a dead service's log."""

from pathlib import Path

import pytest

from lab.service_log import last_error


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("started\nTraceback (most recent call last):\n  File x\nOSError: port in use\nbye\n", "OSError: port in use"),
        (
            "oslo.db.exc.DBError: first\nsqlite3.Error: disk is full\n",
            "sqlite3.Error: disk is full",
        ),
        ("all well\nserving\n", "serving"),
        ("", "the log is empty"),
    ],
)
def test_the_last_error_is_found(tmp_path: Path, text: str, line: str) -> None:
    """An exception's line goes before what came later; without one the last line stands."""
    log = tmp_path / "nova.log"
    log.write_text(text, encoding="utf-8")
    assert last_error(log) == line


def test_a_huge_log_is_read_from_its_end(tmp_path: Path) -> None:
    """Only the tail counts: an old error far above does not."""
    log = tmp_path / "nova.log"
    log.write_text("OldError: long ago\n" + "fine\n" * 100_000 + "serving\n", encoding="utf-8")
    assert last_error(log) == "serving"
