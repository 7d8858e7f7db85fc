"""The layers of design section 3, as import-linter sees them; and it does see."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from source_tree import PRODUCT, ROOT


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in PRODUCT:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "*.json"))
    return folder


def test_all_contracts_are_kept() -> None:
    """None is broken, and all ten are there."""
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout
    assert "Contracts: 10 kept, 0 broken." in result.stdout


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("orchestrator/stray.py", "", "orchestrator.stray"),
        ("orchestrator/model/stray.py", "import orchestrator.flow.plan\n", "orchestrator.model.stray"),
        ("orchestrator/flow/stray.py", "import subprocess\n", "orchestrator.flow.stray"),
        ("policies/rules/stray.py", "import orchestrator.ports\n", "policies.rules.stray"),
        ("lab/stray.py", "import orchestrator.errors\n", "lab.stray"),
    ],
    ids=["a module without a layer", "an upward import", "the outside in the core", "a rule with ports", "the lab"],
)
def test_stray_module_is_reported(copy: Path, file: str, text: str, told: str) -> None:
    """A copy of the checkout with one bad module breaks a contract that names it."""
    (copy / file).write_text(text, encoding="utf-8")
    try:
        result = lint_imports(copy)
    finally:
        (copy / file).unlink()
    assert result.returncode == 1
    assert told in result.stdout.replace("\n", "")
