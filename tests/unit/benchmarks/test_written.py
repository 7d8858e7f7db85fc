"""What is counted as written, and how figures become a picture."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import engine_state
import pytest
from engine_state import FEW, MANY, Price
from measurement.plot import short, svg
from measurement.process import run
from measurement.written import Written, counted, watched

LINES = """write(3</state/a.json.tmp>, ""..., 700) = 700
write(1<pipe:[12]>, ""..., 50) = 50
write(3</elsewhere/a>, ""..., 50) = 50
write(3</state/a>, ""..., 50) = -1 ENOSPC (No space left on device)
copy_file_range(4</elsewhere/a>, NULL, 5</state/b>, NULL, 9000, 0) = 30
copy_file_range(4</state/a>, NULL, 5</elsewhere/b>, NULL, 9000, 0) = 30
sendfile(5</state/c>, 4</elsewhere/c>, NULL, 9000) = 4
fdatasync(3</state/a>) = 0
fsync(4</state>) = 0
fsync(4</elsewhere>) = 0
+++ exited with 0 +++"""

PROGRAM = """import os, sys
os.chdir(sys.argv[1])
os.fork()
with open(str(os.getpid()), "wb") as file:
    file.write(b"x" * 10)
    file.flush()
    os.fsync(file)
"""


def test_what_reaches_files_of_the_folder_is_counted() -> None:
    """Copies by the target, failed calls not at all, other files and pipes neither."""
    assert counted(LINES.splitlines(), Path("/state")) == Written(size=734, syncs=2)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed here")
def test_a_command_is_watched_with_all_that_it_starts(tmp_path: Path) -> None:
    """A child's writes count as its own."""
    (tmp_path / "state").mkdir()
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "state")]
    if run(["strace", "-qq", "-o", "/dev/null", "true"], limit=60, codes=range(256)).code:
        pytest.skip("this machine lets nobody be traced")
    _, written = watched(command, tmp_path / "state", tmp_path / "notes", limit=60, environment={})
    assert written == Written(size=20, syncs=2)


def test_steps_and_operation_are_told_apart() -> None:
    """Ten steps of 100 bytes and 3 waits, in an operation that writes 5000 bytes and waits 7 times."""
    few, many = (Written(size=5000 + 100 * steps, syncs=7 + 3 * steps) for steps in (FEW, MANY))
    assert engine_state.price(50, few, many) == Price(
        resources=50, step=100.0, step_syncs=3.0, operation=5000.0, operation_syncs=7.0
    )


def test_picture_is_well_formed_and_says_what_it_shows() -> None:
    """Each line with its points and its name; higher values stand higher; the same figures give the same bytes."""
    series = {"ours": [(100.0, 2000.0), (2000.0, 2000.0)], "theirs": [(100.0, 5e5), (2000.0, 1e7)]}
    text = svg("title", "resources", "bytes", series)
    root = ET.fromstring(text)  # noqa: S314  our own
    texts = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"title", "resources", "bytes", "ours", "theirs", "2k", "100", "10M"} <= set(texts)
    heights = [
        float(one.attrib["cy"]) for one in root.iter("{http://www.w3.org/2000/svg}circle") if one.attrib["r"] == "3.5"
    ]
    assert heights[0] == heights[1] > heights[2] > heights[3]
    assert svg("title", "resources", "bytes", series) == text


def test_numbers_on_an_axis_are_short() -> None:
    """Thousands and millions by their letters."""
    assert [short(value) for value in (10.0, 500.0, 2000.0, 1e6, 1e9)] == ["10", "500", "2k", "1M", "1G"]
