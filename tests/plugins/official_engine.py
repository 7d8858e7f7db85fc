"""Pulumi's own engine where it is installed: its CLI on PATH or in `$PULUMI_HOME/bin`, its plugin in `$PULUMI_HOME`.

Nothing of it comes with this project. Who has it runs what is skipped elsewhere: `PULUMI_HOME=... pytest tests/engine`.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from pulumi.automation import CommandResult, PulumiCommand
from typing_extensions import override

NO_CLI: Final = "Pulumi's CLI is neither on PATH nor in $PULUMI_HOME/bin"
NO_PLUGIN: Final = "no plugin pulumi-resource-openstack in $PULUMI_HOME/plugins"
NO_LANGUAGE_HOST: Final = "no pulumi-language-python beside Pulumi's CLI or on PATH"
QUIET: Final = {
    "PULUMI_SKIP_UPDATE_CHECK": "true",
    "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    "PULUMI_IGNORE_AMBIENT_PLUGINS": "true",
    "PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER": "true",
    "PULUMI_DIY_BACKEND_NO_LEGACY_WARNING": "1",
    "PULUMI_CREDENTIAL_STORE": "plaintext",
    "NO_COLOR": "1",
}


def home() -> Path:
    """Where Pulumi keeps its plugins."""
    return Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi")


def cli() -> Path | None:
    """The command line, or None where it is not installed."""
    beside = home() / "bin" / "pulumi"
    found = str(beside) if beside.exists() else shutil.which("pulumi")
    return Path(found).absolute() if found else None


def plugin() -> Path | None:
    """The folder of the newest OpenStack plugin, or None where there is none."""
    found = sorted((home() / "plugins").glob("resource-openstack-v*/pulumi-resource-openstack"))
    return found[-1].parent if found else None


def language_host() -> bool:
    """Whether the CLI itself can run programs in Python."""
    found = cli()
    beside = found is not None and (found.resolve().parent / "pulumi-language-python").exists()
    return beside or shutil.which("pulumi-language-python") is not None


class OfficialCommand(PulumiCommand):
    """The Automation API's own command on the CLI that was found.

    When the CLI ends a program early, the SDK leaves a coroutine behind, which Python complains of wherever it happens
    to be collected: so that is here.
    """

    def __init__(self) -> None:
        super().__init__(root=str(home()) if (home() / "bin" / "pulumi").exists() else None)

    @override
    def run(
        self,
        args: list[str],
        cwd: str,
        additional_env: Mapping[str, str],
        on_output: Callable[[str], Any] | None = None,
        on_error: Callable[[str], Any] | None = None,
    ) -> CommandResult:
        try:
            return super().run(args, cwd, additional_env, on_output, on_error)
        finally:
            gc.collect()


def private_home(directory: Path) -> dict[str, str]:
    """What an operation needs of the environment to keep its logs and records in `directory`; the plugin is linked."""
    directory.mkdir(parents=True, exist_ok=True)
    there = home() / "plugins"
    if there.is_dir() and not (directory / "plugins").exists():
        (directory / "plugins").symlink_to(there.resolve())
    return {**QUIET, "PULUMI_HOME": str(directory)}


NEEDS_CLI: Final = pytest.mark.skipif(cli() is None, reason=NO_CLI)
NEEDS_PLUGIN: Final = pytest.mark.skipif(plugin() is None, reason=NO_PLUGIN)
NEEDS_LANGUAGE_HOST: Final = pytest.mark.skipif(not language_host(), reason=NO_LANGUAGE_HOST)
UNFINISHED: Final = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""For tests in which the CLI ends a program early; see `OfficialCommand`."""
