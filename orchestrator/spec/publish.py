"""The schemas as other tools take them: each one alone, with the forms that it refers to inside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from orchestrator.spec import schemas

_FORMS: Final = "definitions.json#/$defs/"
_INSIDE: Final = "#/$defs/"


def self_contained(kind: str) -> dict[str, Any]:
    """The schema of a kind that needs no other file, so that an editor opens nothing else."""
    forms = schemas.schemas()[f"{schemas.BASE}definitions.json"]["$defs"]
    schema = schemas.schema_of(kind)
    needed: dict[str, Any] = {}
    waiting = list(_named(schema))
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = forms[name]
            waiting += _named(forms[name])
    return {**_pointed(schema), "$defs": {name: _pointed(needed[name]) for name in sorted(needed)}}


def as_text(schema: Any) -> str:
    """JSON, two blanks a level."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _named(node: Any) -> Iterator[str]:
    for key, value in _members(node):
        if key == "$ref":
            yield value.rsplit("/", 1)[1]
        else:
            yield from _named(value)


def _pointed(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key: value.replace(_FORMS, _INSIDE) if key == "$ref" else _pointed(value) for key, value in node.items()
        }
    return [_pointed(item) for item in node] if isinstance(node, list) else node


def _members(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        yield from node.items()
    elif isinstance(node, list):
        yield from (("", item) for item in node)
