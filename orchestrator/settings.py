"""What the environment of the process says, read once at the start and frozen; only `wiring` and `cli` use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from orchestrator.errors import UsageError

STACKS_AT_ONCE = 4
"""Stacks in work at the same time. Default 4: the control plane of a small region answers no faster to more."""

RESOURCES_AT_ONCE = 8
"""Resources of one stack in work at the same time. Default 8: what Pulumi's own engine takes on two cores."""


_OF_THE_STATE = ("MUTUALIS_STATE_HISTORY", "PULUMI_DIY_BACKEND_GZIP", "PULUMI_DIY_BACKEND_ZSTD")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`state`: folder of all regions' records; `clouds`: a clouds.yaml; None: where openstacksdk looks by itself.

    `state_form`: variables that say how the engine keeps its state, handed on as they are.
    `ssh_config`: what ssh reads to reach hosts; None: the user's own.
    """

    state: Path
    clouds: Path | None
    passphrase: str
    stacks_at_once: int = STACKS_AT_ONCE
    resources_at_once: int = RESOURCES_AT_ONCE
    state_form: Mapping[str, str] = field(default_factory=dict)
    ssh_config: Path | None = None

    def region_folder(self, region: str) -> Path:
        """Where a region's ledger, journal, lock and work directories lie."""
        return self.state / region

    def require_passphrase(self) -> str:
        """Raises UsageError when there is none: state without encryption is not an option."""
        if not self.passphrase:
            raise UsageError(
                "there is no passphrase for the state's secrets",
                hint="set MUTUALIS_PASSPHRASE_FILE to a file (mode 0600) that holds it, or MUTUALIS_PASSPHRASE",
            )
        return self.passphrase


def read_settings(
    environment: Mapping[str, str], *, state: Path | None, clouds: Path | None, stacks_at_once: int
) -> Settings:
    """Options win over the environment: MUTUALIS_STATE, OS_CLIENT_CONFIG_FILE, MUTUALIS_PASSPHRASE[_FILE].

    Only the environment says MUTUALIS_SSH_CONFIG.
    """
    return Settings(
        state=(state or _state(environment)).expanduser().resolve(),
        clouds=_clouds(clouds or _path(environment, "OS_CLIENT_CONFIG_FILE")),
        passphrase=_passphrase(environment),
        stacks_at_once=stacks_at_once,
        state_form={name: environment[name] for name in _OF_THE_STATE if environment.get(name)},
        ssh_config=_ssh_config(_path(environment, "MUTUALIS_SSH_CONFIG")),
    )


def state_home(environment: Mapping[str, str]) -> Path:
    """The user's folder for state (XDG base directory specification), ours below it."""
    home = _path(environment, "XDG_STATE_HOME") or Path("~/.local/state").expanduser()
    return home / "mutualis"


def _state(environment: Mapping[str, str]) -> Path:
    return _path(environment, "MUTUALIS_STATE") or state_home(environment) / "regions"


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    value = environment.get(name, "")
    return Path(value) if value else None


def _clouds(path: Path | None) -> Path | None:
    if path is not None and not path.is_file():
        raise UsageError(
            f"there is no clouds.yaml at {path}", hint="give its path by --clouds or OS_CLIENT_CONFIG_FILE"
        )
    return path.resolve() if path else None


def _ssh_config(path: Path | None) -> Path | None:
    if path is not None and not path.is_file():
        raise UsageError(
            f"there is no {path}, named by MUTUALIS_SSH_CONFIG",
            hint="`mutualis lab hosts up` writes one for test hosts; real hosts need none",
        )
    return path.resolve() if path else None


def _passphrase(environment: Mapping[str, str]) -> str:
    for name in ("MUTUALIS_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE"):
        if environment.get(name):
            return environment[name]
        file = _path(environment, f"{name}_FILE")
        if file:
            return _read(file, f"{name}_FILE")
    return ""


def _read(file: Path, name: str) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as err:
        raise UsageError(f"cannot read {file}, named by {name}", hint="make it a readable text file") from err
