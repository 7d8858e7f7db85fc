"""Property paths such as `rules[0].port` or `tags["a.b"]`: what ignoreChanges and replaceOnChanges are written in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from orchestrator.engine.state.values import PropertyMap, Secret, bare

_PART: Final = re.compile(r'\.?([^.\[\]"]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\[(\*)\]')
_MISSING: Final = object()

Path = tuple[str | int, ...]


def parse(text: str) -> Path:
    """The parts of a path; raises ValueError where it is none."""
    parts: list[str | int] = []
    position = 0
    while position < len(text):
        match = _PART.match(text, position)
        if match is None:
            raise ValueError(f"{text!r} is no property path (at character {position + 1})")
        name, index, quoted, star = match.groups()
        if index is not None:
            parts.append(int(index))
        else:
            parts.append(name or star or quoted.replace('\\"', '"'))
        position = match.end()
    if not parts:
        raise ValueError("an empty property path")
    return tuple(parts)


def covers(pattern: Path, path: Path) -> bool:
    """Whether a path lies at, under or above a pattern; `*` stands for any one part."""
    return all(wanted in ("*", given) for wanted, given in zip(pattern, path, strict=False))


def carry_over(patterns: tuple[str, ...], old: Mapping[str, Any], new: Mapping[str, Any]) -> PropertyMap:
    """The new inputs with the old values at the ignored paths; what the old had not goes away there."""
    result = dict(new)
    for text in patterns:
        path = parse(text)
        if len(path) == 1:
            _carry_name(str(path[0]), old, result)
        else:
            _carry_part(path, old, result)
    return result


def _carry_name(name: str, old: Mapping[str, Any], result: PropertyMap) -> None:
    for one in {*old, *result} if name == "*" else {name}:
        if one in old:
            result[one] = old[one]
        else:
            result.pop(one, None)


def _carry_part(path: Path, old: Mapping[str, Any], result: PropertyMap) -> None:
    top = str(path[0])
    if top not in result:
        return
    changed = deepcopy(bare(result[top]))
    _copy(path[1:], bare(old.get(top)), changed)
    result[top] = Secret(changed) if isinstance(result[top], Secret) else changed


def _copy(path: Path, old: Any, new: Any) -> None:
    for key in _keys(path[0], old, new):
        before, now = _get(old, key), _get(new, key)
        if len(path) > 1:
            _copy(path[1:], None if before is _MISSING else before, None if now is _MISSING else now)
        elif before is not _MISSING:
            _set(new, key, deepcopy(before))
        elif isinstance(new, dict):
            new.pop(key, None)


def _keys(part: str | int, old: Any, new: Any) -> list[Any]:
    if part != "*":
        return [part]
    found: dict[Any, None] = {}
    for value in (old, new):
        found |= dict.fromkeys(
            value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        )
    return list(found)


def _get(value: Any, key: Any) -> Any:
    if isinstance(value, dict):
        return value.get(key, _MISSING)
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        return value[key]
    return _MISSING


def _set(value: Any, key: Any, part: Any) -> None:
    if isinstance(value, dict) or (isinstance(value, list) and isinstance(key, int) and key < len(value)):
        value[key] = part
