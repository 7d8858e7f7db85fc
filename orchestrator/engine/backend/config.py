"""A stack's configuration: texts, secrets and objects under `config` in its settings file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

from orchestrator.engine.backend.secrets import Vault
from orchestrator.engine.errors import EngineError

_SECURE: Final = "secure"
Entry = tuple[str, bool]  # text (JSON text of an object), whether some of it is secret


def full_key(key: str, project: str) -> str:
    """Keys without a namespace belong to the project."""
    return key if ":" in key else f"{project}:{key}"


def entries(settings: Mapping[str, Any], vault: Vault) -> dict[str, Entry]:
    """All configuration in clear."""
    return {key: _entry(value, vault) for key, value in sorted((settings.get("config") or {}).items())}


def sealed(settings: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The same as a history entry keeps it: secrets as they stand in the file."""
    found = {}
    for key, value in (settings.get("config") or {}).items():
        secret = _is_secret(value)
        shown = (
            value[_SECURE] if secret and _SECURE in value else value if isinstance(value, str) else json.dumps(value)
        )
        found[key] = {"value": shown, "secret": secret}
    return found


def store(settings: dict[str, Any], path: tuple[str | int, ...], value: Any, *, secret: bool, vault: Vault) -> None:
    """Set a value: `path[0]` is the key with its namespace, the rest leads into an object."""
    kept: Any = {_SECURE: vault.seal_text(value if isinstance(value, str) else json.dumps(value))} if secret else value
    config = settings.setdefault("config", {})
    if len(path) == 1:
        config[path[0]] = kept
        return
    holder: Any = config
    for part, following in pairwise(path):
        holder = _child(holder, part, {} if isinstance(following, str) else [])
    _place(holder, path[-1], kept)


def look_up(settings: Mapping[str, Any], path: tuple[str | int, ...], vault: Vault) -> Entry | None:
    """The value at a path; None when there is none."""
    value: Any = settings.get("config") or {}
    for part in path:
        held = value.get(part) if isinstance(value, dict) else _item(value, part)
        if held is None:
            return None
        value = held
    return _entry(value, vault)


def _item(value: Any, part: str | int) -> Any:
    known = isinstance(value, list) and isinstance(part, int) and part < len(value)
    return value[part] if known else None


def remove(settings: dict[str, Any], path: tuple[str | int, ...]) -> None:
    """Take a value away; one that is not there is none to take away."""
    value: Any = settings.get("config") or {}
    for part in path[:-1]:
        value = value.get(part) if isinstance(value, dict) else None
    if isinstance(value, dict):
        value.pop(path[-1], None)
    if not settings.get("config"):
        settings.pop("config", None)


def typed(text: str) -> Any:
    """The value of a path: whole numbers and truth values are no texts there."""
    if text in {"true", "false"}:
        return text == "true"
    plain = text.removeprefix("-")
    if plain.isascii() and plain.isdigit() and (plain == "0" or not plain.startswith("0")):
        return int(text)
    return text


def _entry(value: Any, vault: Vault) -> Entry:
    if isinstance(value, dict) and set(value) == {_SECURE}:
        return vault.open_text(value[_SECURE]), True
    if isinstance(value, str):
        return value, False
    if isinstance(value, dict | list):
        return json.dumps(_opened(value, vault), separators=(",", ":")), _is_secret(value)
    return json.dumps(value), False


def _opened(value: Any, vault: Vault) -> Any:
    if isinstance(value, dict):
        if set(value) == {_SECURE}:
            return vault.open_text(value[_SECURE])
        return {name: _opened(part, vault) for name, part in value.items()}
    return [_opened(part, vault) for part in value] if isinstance(value, list) else value


def _is_secret(value: Any) -> bool:
    if isinstance(value, dict):
        return set(value) == {_SECURE} or any(_is_secret(part) for part in value.values())
    return isinstance(value, list) and any(_is_secret(part) for part in value)


def _child(holder: Any, part: str | int, empty: Any) -> Any:
    if isinstance(holder, dict):
        return holder.setdefault(part, empty)
    if isinstance(holder, list) and isinstance(part, int) and part <= len(holder):
        if part == len(holder):
            holder.append(empty)
        return holder[part]
    raise EngineError(f"error: the configuration path leads through {part!r}, which is no object or list")


def _place(holder: Any, part: str | int, value: Any) -> None:
    if isinstance(holder, dict):
        holder[part] = value
    elif isinstance(holder, list) and isinstance(part, int) and part <= len(holder):
        holder[part : part + 1] = [value]
    else:
        raise EngineError(f"error: the configuration path ends at {part!r}, where nothing can be set")
