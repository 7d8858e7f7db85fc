"""The fields of the schemas as people name them: found by path, with their form in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from orchestrator.spec import schemas

Schema = Mapping[str, Any]

_BOUNDS: Final = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "multipleOf": "in steps of {}",
    "minItems": "at least {} items",
    "maxLength": "at most {} characters",
}

_TYPES: Final = {"string": "text", "object": "mapping", "integer": "whole number", "boolean": "true or false"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """`path`: from the kind, such as `tenant.spec.servers[].name`; `schema`: with what it refers to filled in."""

    path: str
    schema: Schema
    required: bool

    @property
    def parts(self) -> Schema:
        """The schemas of its own fields, or of an item's, by name; empty for a plain value."""
        inner = self.schema.get("items", self.schema)
        found: Schema = resolved(inner).get("properties", {})
        return found

    @property
    def children(self) -> Iterator[Field]:
        """Its own fields, or those of an item of a list."""
        inner = resolved(self.schema["items"]) if "items" in self.schema else self.schema
        prefix = f"{self.path}[]" if "items" in self.schema else self.path
        for name, part in self.parts.items():
            needed = name in inner.get("required", ())
            yield Field(path=f"{prefix}.{name}", schema=resolved(part), required=needed)


def top(kind: str) -> Field:
    """A whole document."""
    return Field(path=kind.lower(), schema=schemas.schema_of(kind), required=True)


def every_field(field: Field) -> Iterator[Field]:
    """A field and all below it."""
    yield field
    for child in field.children:
        yield from every_field(child)


def resolved(schema: Schema) -> Schema:
    """A reference replaced by the form that it names; what stands beside the reference wins."""
    if "$ref" not in schema:
        return schema
    forms = schemas.schemas()[f"{schemas.BASE}definitions.json"]["$defs"]
    name = schema["$ref"].rsplit("/", 1)[1]
    return {**resolved(forms[name]), **{key: value for key, value in schema.items() if key != "$ref"}}


def form_in_words(schema: Schema) -> str:
    """`whole number, at least 1`, `list of text`: what may be written."""
    schema = resolved(schema)
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return "one of " + ", ".join(str(value) for value in schema["enum"])
    if schema["type"] == "array":
        item = resolved(schema["items"])
        return "list of mappings" if item.get("type") == "object" else f"list of {form_in_words(item)}"
    return ", ".join([_TYPES.get(schema["type"], "number"), *bounds_in_words(schema)])


def bounds_in_words(schema: Schema) -> list[str]:
    """`at least 1`, `at most 4 094`."""
    return [words.format(f"{schema[key]:,}".replace(",", " ")) for key, words in _BOUNDS.items() if key in schema]


def example_text(schema: Schema) -> str:
    """The first example, on one line; JSON, which is YAML too."""
    return json.dumps(schema["examples"][0], ensure_ascii=False)
