"""Any frozen data of the model as `path: text`, so that two of a kind can be compared field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from orchestrator.model.review import FieldChange


def flat(value: Any, without: frozenset[str] = frozenset()) -> Mapping[str, str]:
    """`without`: fields of the top that are told elsewhere."""
    return dict(_flat(value, "", without))


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """In the order of the head, then what went."""
    names = dict.fromkeys((*after, *before))
    return tuple(
        FieldChange(field=name, before=before.get(name, ""), after=after.get(name, ""))
        for name in names
        if before.get(name, "") != after.get(name, "")
    )


def _flat(value: Any, path: str, without: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    inner = _inner(value, path, without)
    if inner is not None:
        for part, name in inner:
            yield from _flat(part, name)
    elif text := _text(value):
        yield path, text


def _inner(value: Any, path: str, without: frozenset[str]) -> Iterator[tuple[Any, str]] | None:
    """(part, its path) of what has parts; None for what is a text by itself."""
    if is_dataclass(value):
        return ((getattr(value, one.name), _joined(path, one.name)) for one in fields(value) if one.name not in without)
    if isinstance(value, Mapping):
        return ((value[key], _joined(path, str(key))) for key in sorted(value))
    if isinstance(value, tuple) and any(is_dataclass(one) for one in value):
        return ((one, f"{path}[{getattr(one, 'name', index)}]") for index, one in enumerate(value))
    return None


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _text(value: Any) -> str:
    if isinstance(value, tuple | frozenset | set):
        return ", ".join(_text(one) for one in value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
