"""Every command, as people see it: `scripts/` needs no cloud, `cloud/` drives the demo's.

`MUTUALIS_UPDATE_GOLDEN=1 pytest tests/golden` writes what is printed now into the scripts; the difference is for the
reviewer.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from demo_region import DemoRegion
from golden_check import printed_and_written

HERE = Path(__file__).parent
SCRIPTS = sorted((HERE / "scripts").glob("*.txt"))
CLOUD_SCRIPTS = sorted((HERE / "cloud").glob("*.txt"))
NEEDED_OF_THE_DEMO = ("XDG_CACHE_HOME", "MUTUALIS_PASSPHRASE_FILE", "OS_CLIENT_CONFIG_FILE")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_command_prints_what_its_script_says(path: Path, tmp_path: Path) -> None:
    """To the letter, but for patterns; so does its exit code."""
    now, written = printed_and_written(path, tmp_path, {})
    assert now == written


@pytest.mark.cloud
@pytest.mark.parametrize("path", CLOUD_SCRIPTS, ids=lambda path: path.stem)
def test_a_command_on_a_cloud_prints_what_its_script_says(path: Path, tmp_path: Path, demo: DemoRegion) -> None:
    """To the letter, but for patterns; each script has a state of its own, what it applies stays in the cloud."""
    environment = {name: demo.environment[name] for name in NEEDED_OF_THE_DEMO}
    now, written = printed_and_written(path, tmp_path, {**environment, "CLOUD": str(demo.lab)})
    assert now == written
