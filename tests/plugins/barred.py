"""Packages that cannot be imported, as on a machine where an extra is not installed."""

from __future__ import annotations

import subprocess
import sys

from demo_region import DemoRegion

HALF_OF_HOSTS = ("ansible", "ansible_runner")


def bar(region: DemoRegion, *packages: str) -> None:
    """From now on every command of the region runs without them."""
    folder = region.folder.parent / "barred"
    folder.mkdir()
    for name in packages:
        (folder / f"{name}.py").write_text(f"raise ModuleNotFoundError('no {name} here', name='{name}')\n", "utf-8")
    region.environment["PYTHONPATH"] = str(folder)


def importable(region: DemoRegion, package: str) -> bool:
    line = (sys.executable, "-c", f"import {package}")
    return subprocess.run(line, env=region.environment, capture_output=True, check=False, timeout=60).returncode == 0
