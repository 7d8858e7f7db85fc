"""The published JSON Schemas, read once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import unquote

BASE: Final = "https://mutualis.example/schema/v1/"
"""Identity of the schemas. It names, it is not an address: nothing is ever fetched."""

KINDS: Final = ("Region", "Site", "Host", "Catalogue", "Tenant", "Waiver")
API_VERSION: Final = "mutualis/v1"


@cache
def schemas() -> Mapping[str, dict[str, Any]]:
    """Every schema by its `$id`."""
    folder = resources.files("orchestrator.spec") / "schema"
    names = (*(kind.lower() for kind in KINDS), "definitions")
    read = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in names)
    return MappingProxyType({schema["$id"]: schema for schema in read})


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of a kind."""
    return schemas()[f"{BASE}{kind.lower()}.json"]


def around(location: str) -> dict[str, Any]:
    """The schema that holds the keyword at a location such as `https://.../site.json#/properties/spec/required`."""
    identity, _, pointer = location.partition("#")
    node: Any = schemas()[identity]
    for part in pointer.split("/")[1:-1]:
        key = unquote(part).replace("~1", "/").replace("~0", "~")
        node = node[int(key)] if isinstance(node, list) else node[key]
    return dict(node)
