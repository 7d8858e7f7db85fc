"""Which engine carries out programs: decided here, where the `PulumiCommand` is built, and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pulumi.automation import PulumiCommand
from pulumi.automation.errors import CommandError

from orchestrator.engine import ENGINE_VERSION, EmbeddedCommand
from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.fleet import PartialProvider, TakenOver
from orchestrator.errors import UsageError

OFFICIAL_ENVIRONMENT = {
    "PULUMI_SKIP_UPDATE_CHECK": "true",
    "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    "PULUMI_IGNORE_AMBIENT_PLUGINS": "true",
    "PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER": "true",
    "PULUMI_DIY_BACKEND_NO_LEGACY_WARNING": "1",
    "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS": "1",
    "NO_COLOR": "1",
}
"""What keeps the CLI from asking, downloading or colouring (its own settings, by their documented names)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """An engine ready for use. `environment`: what each operation gets besides credentials and passphrase."""

    name: str
    version: str
    command: PulumiCommand
    interrupt: Callable[[], None]
    environment: Mapping[str, str] = field(default_factory=dict)


def embedded_engine(provider: OpenStackProvider | None = None) -> Carrier:
    """Ours, in this process. `provider`: another one than the ordinary one."""
    command = EmbeddedCommand(provider or OpenStackProvider())
    return Carrier(name="embedded", version=ENGINE_VERSION, command=command, interrupt=command.interrupt)


def partial_engine(taken_over: TakenOver, *, by_lists: bool) -> Carrier:
    """Ours, with refreshes that take over a part of what they find; see `engine.fleet.PartialProvider`."""
    return embedded_engine(PartialProvider(taken_over, by_lists=by_lists))


def official_engine() -> Carrier:
    """Pulumi's CLI in `$PULUMI_HOME/bin` or on PATH, with its OpenStack plugin. Raises UsageError."""
    try:
        command = PulumiCommand(root=_root())
    except (CommandError, OSError) as err:
        raise UsageError(
            "the Region spec names the official engine, but Pulumi's CLI was not found",
            hint="install `pulumi` and the plugin `pulumi-resource-openstack`, or set spec.engine: embedded",
        ) from err
    return Carrier(
        name="official",
        version=str(command.version),
        command=command,
        interrupt=_nothing,  # a terminal's Ctrl-C reaches the CLI's process by itself
        environment=OFFICIAL_ENVIRONMENT,
    )


def _root() -> str | None:
    """The folder that holds `bin/pulumi`; None: it is looked for on PATH."""
    home = os.environ.get("PULUMI_HOME", "")
    return home if home and Path(home, "bin", "pulumi").is_file() else None


def _nothing() -> None:
    return None
