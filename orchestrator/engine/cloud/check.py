"""Inputs as programs give them, completed and judged: defaults, names, types, conflicts, what is required.

Everything that is wrong is said at once. Makes no call: whether an id exists is the API's to say.
"""

from __future__ import annotations

import secrets
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud import values
from orchestrator.engine.provider import UNKNOWN, Checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orchestrator.engine.cloud.schema import Property, ResourceType
    from orchestrator.engine.provider import Properties

DEFAULTS: Final = "__defaults"
_OURS: Final = frozenset({DEFAULTS, "__meta"})


def checked(type_: ResourceType, name: str, inputs: Properties) -> Checked:
    """`name`: the logical name, from which an automatic one is made; the core carries an old one over."""
    failures = (*_failures(type_.inputs, inputs, ""), *_left_out(type_, inputs))
    if failures:
        return Checked(inputs=inputs, failures=failures)
    complete = _completed(type_.inputs, inputs)
    if type_.autoname and "name" not in complete:
        complete["name"] = f"{name}-{secrets.token_hex(4)[:7]}"
        complete[DEFAULTS] = sorted([*complete[DEFAULTS], "name"])
    return Checked(inputs=complete)


def _completed(properties: Mapping[str, Property], given: Mapping[str, Any]) -> dict[str, Any]:
    complete = {
        name: _complete(properties[name], value)
        for name, value in given.items()
        if name not in _OURS and value is not None
    }
    defaults = {name: _default(prop) for name, prop in properties.items() if name not in complete}
    filled = {name: value for name, value in defaults.items() if not values.empty(value)}
    return {**complete, **filled, DEFAULTS: sorted(filled)}


def _default(prop: Property) -> Any:
    if prop.name == "imageCachePath":  # the official provider's default, so that its previews agree
        return str(Path.home() / ".terraform" / "image_cache")
    return prop.default


def _complete(prop: Property, value: Any) -> Any:
    if value is UNKNOWN or not prop.fields:
        return value
    if prop.shape.collection:
        return [item if item is UNKNOWN else _completed(prop.fields, item) for item in value]
    return _completed(prop.fields, value)


def _failures(properties: Mapping[str, Property], given: Mapping[str, Any], path: str) -> Iterator[str]:
    present = {name for name, value in given.items() if value is not None and name not in _OURS}
    for name in sorted(present):
        prop = properties.get(name)
        if prop is None:
            yield f"{path}{name} is no property of this type{_nearest(name, properties)}"
            continue
        if prop.refused and not values.empty(given[name]):
            yield f"{path}{name} is not carried out by the embedded engine: {prop.refused}"
        yield from _type_failures(prop, given[name], f"{path}{name}")
        for other in sorted(present.intersection(prop.conflicts)):
            if name < other or name not in properties[other].conflicts:
                yield f"{path}{name} conflicts with {path}{other}: give one of them"
    for name, prop in properties.items():
        if prop.required and name not in present:
            yield f"{path}{name} is required"


def _left_out(type_: ResourceType, given: Mapping[str, Any]) -> Iterator[str]:
    for group in type_.one_of:
        if all(given.get(name) is None for name in group):
            yield f"{', '.join(group[:-1])} or {group[-1]} is required"


def _nearest(name: str, properties: Mapping[str, Property]) -> str:
    close = get_close_matches(name, properties, n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _type_failures(prop: Property, value: Any, path: str) -> Iterator[str]:
    kind = prop.shape.kind
    if value is UNKNOWN:
        return
    if kind in {"list", "set"}:
        if not isinstance(value, list | tuple):
            yield f"{path} must be a list"
            return
        for index, item in enumerate(value):
            yield from _element_failures(prop, item, f"{path}[{index}]")
    elif kind == "map":
        yield from _map_failures(prop, value, path)
    else:
        yield from _element_failures(prop, value, path)


def _map_failures(prop: Property, value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path} must be a map"
        return
    for key, item in value.items():
        yield from _scalar_failures(prop.shape.element, item, f"{path}.{key}")


def _element_failures(prop: Property, value: Any, path: str) -> Iterator[str]:
    if value is UNKNOWN:
        return
    if not prop.fields:
        yield from _scalar_failures(prop.shape.element or prop.shape.kind, value, path)
        if prop.values and str(value) not in prop.values:
            yield f"{path} must be one of {', '.join(prop.values)}"
    elif isinstance(value, dict):
        yield from _failures(prop.fields, value, f"{path}.")
    else:
        yield f"{path} must be an object"


def _scalar_failures(kind: str, value: Any, path: str) -> Iterator[str]:
    if value is UNKNOWN:
        return
    try:
        values.scalar(kind, value)
    except ValueError as error:
        yield f"{path} {error}"
