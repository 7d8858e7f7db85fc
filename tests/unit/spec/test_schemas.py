"""The schemas keep their own promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from orchestrator.spec import schemas
from orchestrator.spec.formats import FORMATS

REGISTRY = jsonschema_rs.Registry(list(schemas.schemas().items()))


def fields(node: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(place, schema) of everything that a value can be judged by."""
    if "type" in node or "$ref" in node or "const" in node:
        yield where, node
    for part in ("properties", "$defs"):
        for name, field in node.get(part, {}).items():
            yield from fields(field, f"{where}/{part}/{name}")
    for part in ("items", "additionalProperties"):
        if isinstance(node.get(part), dict):
            yield from fields(node[part], f"{where}/{part}")


ALL = [pair for identity, schema in schemas.schemas().items() for pair in fields(schema, f"{identity}#")]


@pytest.mark.parametrize(("where", "field"), ALL, ids=[where.removeprefix(schemas.BASE) for where, _ in ALL])
def test_a_field_explains_itself(where: str, field: dict[str, Any]) -> None:
    """Every field has a description, and examples that it accepts; every mapping is closed."""
    assert field["description"].endswith(".")
    assert field["examples"]
    if field.get("type") == "object":
        assert "additionalProperties" in field
        assert field["additionalProperties"] is not True
    validator = jsonschema_rs.Draft202012Validator(
        {"$ref": where},
        registry=REGISTRY,
        formats=dict(FORMATS),
        validate_formats=True,
        offline=True,
    )
    for example in field["examples"]:
        assert validator.is_valid(example), example


def test_the_identity_of_a_schema_is_stable() -> None:
    """Editors and other tools refer to these names."""
    assert sorted(schemas.schemas()) == [
        f"https://mutualis.example/schema/v1/{name}.json"
        for name in ("catalogue", "definitions", "host", "region", "site", "tenant", "waiver")
    ]


def test_every_schema_is_a_schema() -> None:
    """The schemas keep the rules of JSON Schema 2020-12."""
    for schema in schemas.schemas().values():
        assert jsonschema_rs.meta.is_valid(schema)
