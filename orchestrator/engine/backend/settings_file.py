"""The two YAML files of a work directory: `Pulumi.yaml` (the project) and `Pulumi.STACK.yaml` (its settings)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from orchestrator.engine.backend import files
from orchestrator.engine.errors import EngineError, StateError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def project_name(work_dir: Path) -> str:
    """The name of the project whose directory this is."""
    for file in (work_dir / "Pulumi.yaml", work_dir / "Pulumi.yml"):
        if file.exists():
            name = _load(file).get("name")
            if not isinstance(name, str) or not name:
                raise EngineError(f"error: {file}: the project has no name")
            return name
    raise EngineError(f"error: no Pulumi.yaml project file found in {work_dir}")


def settings_path(work_dir: Path, stack: str) -> Path:
    return work_dir / f"Pulumi.{stack}.yaml"


def load_settings(work_dir: Path, stack: str) -> dict[str, Any]:
    """The stack's settings; {} when there is no file yet."""
    path = settings_path(work_dir, stack)
    return _load(path) if path.exists() else {}


def save_settings(work_dir: Path, stack: str, settings: dict[str, Any]) -> None:
    text = yaml.dump(settings, Dumper=_DUMPER, sort_keys=True, default_flow_style=False, allow_unicode=True)
    files.write(settings_path(work_dir, stack), text.encode())


def remove_settings(work_dir: Path, stack: str) -> None:
    settings_path(work_dir, stack).unlink(missing_ok=True)


def _load(path: Path) -> dict[str, Any]:
    try:
        found = yaml.load(path.read_bytes(), Loader=_LOADER)  # noqa: S506, TID251  a safe loader, in C where there is one
    except (OSError, yaml.YAMLError) as error:
        raise StateError(f"error: cannot read {path}: {error}") from error
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise StateError(f"error: {path}: a mapping was expected")
    return found
