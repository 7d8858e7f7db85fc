"""Documents that the schemas allow: any field may be there, at its bounds, with a name that something bears.

One in five is wild: nearly anything may stand anywhere. The others are right in form, so that references, rules and
capacity are reached; what they say need make no sense.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from hypothesis import strategies as st

from orchestrator.spec import schemas
from orchestrator.spec.formats import FORMATS

Schema = Mapping[str, Any]

FEW: Final = ("a", "a", "a", "b")
"""Names of what a document makes, so that what it refers to is often there, and often twice."""
NAMES: Final = {
    "site": ("north", "south"),
    "flavor": ("small", "diskless"),
    "image": ("debian-13", "debian-11"),
    "tier": ("ssd", "hdd"),
    "size": ("small", "large"),
    "rack": ("a1",),
    "backend": ("ssd", "hdd"),
    "presets": ("web",),
    "owner": ("member", "tenant-0"),
    "tenant": ("member", "tenant-0", "tenant-1"),
    "rule": ("POL001", "POL008"),
    "parent": ("small", "large"),
    "external": ("internet", "partners"),
    "network": ("a", "b", "internet"),
}
"""By field: what the base region bears."""
NUMBERS: Final = (0, 1, 2, 0.5, 0.1, 7, 20, 100, 65535, 10**6, 2**53 - 1, -1)
TEXTS: Final = (
    "", "x", "2026-06-01", "2026-05-31", "0001-01-01", "9999-12-31", "10.0.0.0/24", "10.0.0.0/8", "10.0.0.5",
    "0.0.0.0/0", "self", "203.0.113.20", "255.255.255.255/32", "::/0", "*", "{tenant}-*", "é" * 200, "../../etc/passwd",
    "image.raw", "dpo@member.example",
)  # fmt: skip


_STANDARD: Final = {
    "date": re.compile(r"\d{4}-(02-2[0-8]|\d\d-[012]\d|\d\d-30)"),
    "ipv4": re.compile(r"\d+\.\d+\.\d+\.\d+"),
    "email": re.compile(r"\w+@\w+\.example"),
}
"""Forms that the validator itself knows, near enough."""


class Around(NamedTuple):
    """`file`: of the schema; `field`: the nearest one with a name; `wild`: whether the form may be broken."""

    file: str
    field: str
    wild: bool


@st.composite
def documents(draw: st.DrawFn, kind: str, name: str) -> Any:
    """One document; a tame one bears the name."""
    wild = draw(st.integers(0, 4)) == 0
    value = draw(_value(schemas.schema_of(kind), Around(f"{kind.lower()}.json", "", wild)))
    if not wild:
        value["metadata"] = {"name": name}
    return value


@st.composite
def _value(draw: st.DrawFn, schema: Schema, around: Around) -> Any:
    if around.wild and draw(st.integers(0, 60)) == 0:
        return draw(st.sampled_from([None, True, [], {}, *NUMBERS, *TEXTS]))
    if "$ref" in schema:
        file, _, pointer = schema["$ref"].partition("#/$defs/")
        file = file or around.file
        return draw(_value(schemas.schemas()[f"{schemas.BASE}{file}"]["$defs"][pointer], around._replace(file=file)))
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    kinds = {"object": _mapping, "array": _list, "string": _text, "boolean": _boolean}
    return draw(kinds.get(schema.get("type", ""), _number)(schema, around))


@st.composite
def _mapping(draw: st.DrawFn, schema: Schema, around: Around) -> dict[str, Any]:
    required = set(schema.get("required", ()))
    eager = draw(st.sampled_from([0, 1, 3, 8]))
    value = {
        name: draw(_value(field, around._replace(field=name)))
        for name, field in schema.get("properties", {}).items()
        if name in required or draw(st.integers(0, 9)) < eager
    }
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        for name in draw(st.lists(st.sampled_from(["ssd", "hdd", "a"]), max_size=2)):
            value[name] = draw(_value(more, around))
    for name, others in schema.get("dependentRequired", {}).items():
        if name in value and not set(others) <= set(value):
            del value[name]
    return value


@st.composite
def _list(draw: st.DrawFn, schema: Schema, around: Around) -> list[Any]:
    least = schema.get("minItems", 0)
    items = draw(st.lists(_value(schema["items"], around), min_size=least, max_size=min(schema.get("maxItems", 9), 3)))
    if around.wild or draw(st.integers(0, 20)) == 0:
        return items
    by_name = {repr(item.get("name", item)) if isinstance(item, dict) else repr(item): item for item in items}
    return list(by_name.values())


def _text(schema: Schema, around: Around) -> st.SearchStrategy[str]:
    examples = [one for one in schema.get("examples", ()) if isinstance(one, str)]
    names = NAMES.get(around.field, FEW)
    if around.wild:
        return st.one_of(st.sampled_from([*names, *examples, "A", *TEXTS]), st.text(max_size=8))
    right = [text for text in (*names, *names, *names, *TEXTS, *examples) if _has_form(schema, text)]
    return st.sampled_from(right)


def _has_form(schema: Schema, text: str) -> bool:
    if not schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", 10_000):
        return False
    if "pattern" in schema and not re.search(schema["pattern"].replace("\\p{L}", "[^\\W\\d_]"), text):
        return False
    form = schema.get("format", "")
    if form in _STANDARD:
        return bool(_STANDARD[form].fullmatch(text))
    return form not in FORMATS or FORMATS[form](text)


def _boolean(_: Schema, __: Around) -> st.SearchStrategy[bool]:
    return st.booleans()


def _number(schema: Schema, around: Around) -> st.SearchStrategy[Any]:
    bounds = [schema[name] for name in ("minimum", "maximum", "exclusiveMinimum") if name in schema]
    numbers = [*bounds, *[bound + 1 for bound in bounds], *NUMBERS]
    return st.sampled_from(numbers if around.wild else [one for one in numbers if _fits(schema, one)])


def _fits(schema: Schema, number: float) -> bool:
    whole = schema.get("type") != "integer" or number == int(number)
    low, high = schema.get("minimum", -(2**60)), schema.get("maximum", 2**60)
    return whole and low <= number <= high and number > schema.get("exclusiveMinimum", -(2**60))
