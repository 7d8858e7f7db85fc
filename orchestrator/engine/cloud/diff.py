"""New inputs against recorded outputs: same, update or replace, by the type's description alone.

The rules are the official provider's: a value taken over after a refresh is no change; an input taken away
changes nothing where the API's own value stands in; empty equals absent only where nothing is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud import values
from orchestrator.engine.cloud.check import DEFAULTS
from orchestrator.engine.cloud.equality import RULES
from orchestrator.engine.provider import UNKNOWN, Change, Difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orchestrator.engine.cloud.schema import Property, ResourceType
    from orchestrator.engine.provider import Properties


@dataclass(frozen=True, slots=True)
class Differing:
    """One place where inputs and record differ. `kind`: add, delete or update."""

    path: str
    kind: str
    replace: bool


def difference(type_: ResourceType, old_outputs: Properties, inputs: Properties) -> Difference:
    found = tuple(differing(type_, old_outputs, inputs))
    replaced = tuple(place.path for place in found if place.replace)
    change = Change.REPLACE if replaced else Change.UPDATE if found else Change.SAME
    return Difference(
        change=change,
        paths={place.path: place.kind for place in found},
        replace_paths=replaced,
        delete_before_replace=bool(replaced) and _named(type_, inputs),
    )


def differing(type_: ResourceType, old_outputs: Properties, inputs: Properties) -> Iterator[Differing]:
    for name, prop in type_.inputs.items():
        yield from _compare(prop, name, old_outputs.get(name), inputs.get(name))


def changed_inputs(type_: ResourceType, old_outputs: Properties, inputs: Properties) -> dict[str, Any]:
    """New values of the inputs that differ; None for those taken away."""
    return {
        name: inputs.get(name)
        for name, prop in type_.inputs.items()
        if any(_compare(prop, name, old_outputs.get(name), inputs.get(name)))
    }


def _named(type_: ResourceType, inputs: Properties) -> bool:
    """A name that was chosen cannot be held twice: the old object has to go first."""
    return type_.autoname and DEFAULTS in inputs and "name" in inputs and "name" not in inputs[DEFAULTS]


def _compare(prop: Property, path: str, old: Any, new: Any) -> Iterator[Differing]:
    if new is UNKNOWN:
        yield Differing(path, "add" if old is None else "update", _replaces(prop))
    elif new is None:
        yield from _taken_away(prop, path, old)
    elif old is None:
        if not _says_nothing(prop, new):
            yield Differing(path, "add", _replaces(prop, new))
    elif not (prop.compare and RULES[prop.compare](old, new)):
        yield from _by_shape(prop, path, old, new)


def _taken_away(prop: Property, path: str, old: Any) -> Iterator[Differing]:
    if old is None or prop.computed:
        return
    same = _says_nothing(prop, old) if prop.default is None else old == prop.default
    if not same and prop.compare != "never":
        yield Differing(path, "delete", _replaces(prop))


def _says_nothing(prop: Property, value: Any) -> bool:
    return values.empty(value) or (prop.absent is not None and bool(value == prop.absent))


def _by_shape(prop: Property, path: str, old: Any, new: Any) -> Iterator[Differing]:
    kind = prop.shape.kind
    if kind == "set":
        if not _same_set(prop, old, new):
            yield Differing(path, "update", _replaces(prop))
    elif kind == "list":
        yield from _list(prop, path, old, new)
    elif kind == "map":
        yield from _map(prop, path, old, new)
    elif kind == "obj":
        yield from _fields(prop, path, old, new)
    elif not _same_scalar(kind, old, new):
        yield Differing(path, "update", prop.replace)


def _replaces(prop: Property, new: Any = None) -> bool:
    """Whether a change of the whole makes a new object. `new`: an object that appears; only its fields count."""
    if prop.replace or not prop.fields:
        return prop.replace
    if isinstance(new, dict):
        return any(prop.fields[name].replace for name in new if name in prop.fields)
    return any(field.replace for field in prop.fields.values())


def _same_scalar(kind: str, old: Any, new: Any) -> bool:
    try:
        return bool(values.scalar(kind, old) == values.scalar(kind, new))
    except ValueError:
        return bool(old == new)


def _list(prop: Property, path: str, old: list[Any], new: list[Any]) -> Iterator[Differing]:
    for index, item in enumerate(new):
        place = f"{path}[{index}]"
        if index >= len(old):
            yield Differing(place, "add", _replaces(prop, item))
        elif prop.fields and item is not UNKNOWN:
            yield from _fields(prop, place, old[index], item)
        elif item is UNKNOWN or not _same_scalar(prop.shape.element, old[index], item):
            yield Differing(place, "update", _replaces(prop))
    for index in range(len(new), len(old)):
        yield Differing(f"{path}[{index}]", "delete", _replaces(prop))


def _map(prop: Property, path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Differing]:
    for key in sorted({*old, *new}):
        place = f"{path}.{key}"
        if key not in old:
            yield Differing(place, "add", prop.replace)
        elif key not in new:
            yield Differing(place, "delete", prop.replace)
        elif new[key] is UNKNOWN or not _same_scalar(prop.shape.element, old[key], new[key]):
            yield Differing(place, "update", prop.replace)


def _fields(prop: Property, path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Differing]:
    for name, field in prop.fields.items():
        yield from _compare(field, f"{path}.{name}", old.get(name), new.get(name))


def _same_set(prop: Property, old: list[Any], new: list[Any]) -> bool:
    if any(item is UNKNOWN for item in new):
        return False
    if not prop.fields:
        return {values.scalar("str", item) for item in old} == {values.scalar("str", item) for item in new}
    left = list(old)
    for item in _distinct(new):
        match = next((index for index, other in enumerate(left) if _matches(prop, other, item)), None)
        if match is None:
            return False
        del left[match]
    return not left


def _distinct(items: list[Any]) -> list[Any]:
    return [item for index, item in enumerate(items) if item not in items[:index]]


def _matches(prop: Property, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Elements of a set are the same when the fields that were given are."""
    given = {name: field for name, field in prop.fields.items() if new.get(name) is not None}
    return not any(True for name, field in given.items() for _ in _compare(field, name, old.get(name), new[name]))
