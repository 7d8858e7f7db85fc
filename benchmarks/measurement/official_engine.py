"""Whether Pulumi's own engine is on this machine: it is a peer where it is, and is not fetched where it is not."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MISSING = "Pulumi's CLI with its OpenStack plugin is not installed here: not run"


def is_installed() -> bool:
    """The CLI on PATH or under PULUMI_HOME, and the plugin beside it, on PATH or among the CLI's plugins."""
    home = Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi")
    cli = shutil.which("pulumi") or shutil.which("pulumi", path=str(home / "bin"))
    plugin = shutil.which("pulumi-resource-openstack") or any(home.glob("plugins/resource-openstack-v*"))
    return bool(cli and plugin)
