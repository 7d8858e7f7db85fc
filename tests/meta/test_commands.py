"""One way to run everything: make, scripts/test.sh and CI name the same stages."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from source_tree import ROOT, shown

SCRIPTS = [ROOT / ".ci" / "run", *sorted((ROOT / "scripts").rglob("*.sh"))]
COMMANDS = [path for path in SCRIPTS if path.parent.name != "lib"]


def recipes() -> dict[str, str]:
    """Target -> its command."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    found = {}
    for targets, command in re.findall(r"^([\w ]+):\n\t(.+)$", text, re.MULTILINE):
        found |= dict.fromkeys(targets.split(), command)
    return found


def stages() -> list[str]:
    text = (ROOT / "scripts" / "test.sh").read_text(encoding="utf-8")
    (found,) = re.findall(r"^stages=\((.*)\)$", text, re.MULTILINE)
    return found.split()


def test_make_has_a_target_for_every_stage() -> None:
    """And no stage that the script does not know."""
    named = [target for target, command in recipes().items() if command == "scripts/test.sh $@"]
    assert named == stages()


def test_make_check_and_ci_run_every_stage() -> None:
    """Both call the script without naming a stage."""
    last = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1]
    assert recipes()["check"] == "scripts/test.sh"
    assert re.fullmatch(r'exec "\$\(dirname "\$\{BASH_SOURCE\[0\]\}"\)/\.\./scripts/test\.sh"', last)


@pytest.mark.parametrize("stage", stages())
def test_every_stage_is_explained_and_defined(stage: str) -> None:
    """Named in the head of the script, and a function of it."""
    text = (ROOT / "scripts" / "test.sh").read_text(encoding="utf-8")
    head = text.partition("set -euo")[0]
    assert re.search(rf"^{stage}\(\) \{{", text, re.MULTILINE)
    assert re.search(rf"#.*\b{stage} ", head)


@pytest.mark.parametrize("path", SCRIPTS, ids=shown)
def test_scripts_are_sound(path: Path) -> None:
    """Their syntax is right, and what is a command can be run."""
    result = subprocess.run(["/bin/bash", "-n", str(path)], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert os.access(path, os.X_OK) is (path in COMMANDS)
