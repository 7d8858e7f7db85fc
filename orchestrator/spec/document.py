"""A file as data, and where each key and value stands in it. Knows nothing of YAML nor of the kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from orchestrator.model.finding import ObjectRef, Path, Position


class Mark(Protocol):
    """Where the parser stood: `line` and `column` count from 0."""

    line: int
    column: int


class Places(NamedTuple):
    """Where a mapping or a list begins, and where its parts do. A part without parts of its own is a mark alone."""

    start: Mark
    keys: dict[str, Mark]  # empty for a list
    values: dict[str, Mark | Places] | list[Mark | Places]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file. `file`: as people name it; `data`: dicts, lists, text, numbers, booleans, None.

    Places are looked up when somebody asks: most files have no finding.
    """

    file: str
    data: Any
    find: Callable[[], Mark | Places] = field(repr=False, compare=False)
    """What tells where everything stands; asked once."""
    _found: list[Mark | Places] = field(default_factory=list, init=False, repr=False, compare=False)

    kind: str = field(init=False, compare=False)
    """The kind as written; empty when there is none that can be read."""
    name: str = field(init=False, compare=False)
    """`metadata.name` as written; empty when there is none that can be read."""
    ref: ObjectRef | None = field(init=False, compare=False)
    """The document's identity, if it can be read."""

    def __post_init__(self) -> None:
        data = self.data if isinstance(self.data, dict) else {}
        metadata = data.get("metadata")
        kind, name = data.get("kind"), metadata.get("name") if isinstance(metadata, dict) else None
        kind, name = (word if isinstance(word, str) else "" for word in (kind, name))
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "ref", ObjectRef(kind=kind, name=name) if kind and name else None)

    def position(self, path: Path = ()) -> Position:
        """Where the value at `path` stands; if it is not written, where the nearest part around it does."""
        around, place = _walk(self._places(), path)
        if place is not None:
            return self._at(place.start if isinstance(place, Places) else place)
        return self._at(around)

    def written(self, path: Path) -> Path:
        """The same path with indices, where it calls an item of a list by its name."""
        found: list[str | int] = []
        value = self.data
        for part in path:
            if isinstance(value, list) and isinstance(part, str):
                names = [item.get("name") if isinstance(item, dict) else None for item in value]
                found.append(names.index(part) if part in names else part)
            else:
                found.append(part)
            value = _part(value, found[-1])
        return tuple(found)

    def key_position(self, path: Path) -> Position:
        """Where the key of the value at `path` stands; the value's own position for an item of a list."""
        *upper, last = path
        _, place = _walk(self._places(), tuple(upper))
        if isinstance(place, Places) and isinstance(last, str) and last in place.keys:
            return self._at(place.keys[last])
        return self.position(path)

    def _places(self) -> Mark | Places:
        if not self._found:
            self._found.append(self.find())
        return self._found[0]

    def _at(self, mark: Mark) -> Position:
        return Position(file=self.file, line=mark.line + 1, column=mark.column + 1)


def _part(value: Any, part: str | int) -> Any:
    """None for what is not written."""
    if isinstance(value, dict):
        return value.get(part)
    return value[part] if isinstance(value, list) and isinstance(part, int) and part < len(value) else None


def _walk(top: Mark | Places, path: Path) -> tuple[Mark, Mark | Places | None]:
    """(mark of the nearest key or value on the way, the place at the end or None)."""
    around, place = (top.start if isinstance(top, Places) else top), top
    for part in path:
        if not isinstance(place, Places):
            return around, None
        if isinstance(place.values, dict):
            if not isinstance(part, str) or part not in place.values:
                return around, None
            around, place = place.keys[part], place.values[part]
        else:
            if not isinstance(part, int) or part >= len(place.values):
                return around, None
            place = place.values[part]
            around = place.start if isinstance(place, Places) else place
    return around, place
