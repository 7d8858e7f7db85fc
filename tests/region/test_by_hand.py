"""An operator with Pulumi's own command line looks at what `mutualis apply` built, on the same state."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import official_engine
import pytest
import yaml
from demo_region import DemoRegion

import stacks

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.timeout(900),
    official_engine.NEEDS_CLI,
    official_engine.NEEDS_PLUGIN,
    official_engine.NEEDS_LANGUAGE_HOST,
]


def by_hand(
    demo: DemoRegion, folder: str, stack: str, directory: Path, *options: str
) -> subprocess.CompletedProcess[str]:
    """`pulumi preview` in a copy of `stacks/FOLDER`, as docs/engine.md tells it."""
    project = directory / folder
    shutil.copytree(Path(stacks.__file__).parent / folder, project)
    settings = yaml.safe_load((project / "Pulumi.yaml").read_text())
    settings["config"]["inventory"] = str(demo.folder)
    (project / "Pulumi.yaml").write_text(yaml.safe_dump(settings))
    environment = {
        **demo.environment,
        **official_engine.private_home(directory / "home"),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PULUMI_BACKEND_URL": f"file://{demo.state}/demo/state",
        "PULUMI_CONFIG_PASSPHRASE_FILE": demo.environment["MUTUALIS_PASSPHRASE_FILE"],
        "OS_CLOUD": "mutualis-lab",
    }
    command = [str(official_engine.cli()), "preview", "--stack", stack, "--expect-no-changes", *options]
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=280
    )


def test_nothing_is_to_do_by_hand_after_an_apply(demo: DemoRegion, tmp_path: Path) -> None:
    """Neither in the region's stack nor in a tenant's, both looked at in the cloud; and nothing of it is written."""
    demo.apply()
    before = {path: path.read_bytes() for path in (demo.state / "demo" / "state").rglob("*.json")}
    for folder, stack in (("region", "region"), ("tenant", "arcy")):
        done = by_hand(demo, folder, stack, tmp_path, "--refresh")
        assert done.returncode == 0, done.stdout + done.stderr
        assert "unchanged" in done.stdout
    assert {path: path.read_bytes() for path in (demo.state / "demo" / "state").rglob("*.json")} == before


def test_a_mistake_in_the_specs_is_told_without_a_trace(demo: DemoRegion, tmp_path: Path) -> None:
    """What `mutualis validate` would say, from the program."""
    done = by_hand(demo, "tenant", "nobody", tmp_path)
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
