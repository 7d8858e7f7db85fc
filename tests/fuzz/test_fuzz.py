"""Nothing that is written can crash, hang or swell the loader or validation; a few inputs here, many by hand.

`MUTUALIS_FUZZ_EXAMPLES=100000 pytest tests/fuzz` takes other inputs each time, and as many of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
EXAMPLES = os.environ.get("MUTUALIS_FUZZ_EXAMPLES", "")
FEW = {"bytes": 200, "yaml": 150, "region": 30, "documents": 20}


@pytest.mark.timeout(0 if EXAMPLES else 900)
@pytest.mark.parametrize("target", FEW)
def test_whatever_is_written_ends_in_findings(target: str) -> None:
    """Each with a place in a file; no exception, no hang, less than a GiB."""
    arguments = ["--examples", EXAMPLES, "--random"] if EXAMPLES else ["--examples", str(FEW[target])]
    done = subprocess.run(
        [sys.executable, HERE / "fuzz_main.py", "--target", target, *arguments],
        env={**os.environ, "PYTHONPATH": str(HERE.parent / "plugins")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, f"{target}: {arguments[1]} inputs\n"), done.stderr
