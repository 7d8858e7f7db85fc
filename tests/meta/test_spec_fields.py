"""No field of a spec is there for nothing: each is decoded, read by something that acts or tells, and explained."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from source_tree import ROOT, check_none, parsed, python_files

from orchestrator.spec import schemas, uses
from orchestrator.spec.fields import every_field, top
from orchestrator.spec.units import unit_of

MODEL = (
    "access",
    "backup",
    "catalogue",
    "draining",
    "installation",
    "interface",
    "object_storage",
    "region",
    "sharing",
    "site",
    "specs",
    "tenant",
)
"""The modules of the model that hold what documents say."""

READERS = ("capacity", "planning", "reporting", "flow", "wiring", "cli", "model", "adapters")
"""Rooms of the orchestrator that act on specs or tell of them. Reading and checking specs is no use of them."""

NOT_READ = {
    ("Host", "height_units"): "references: no two hosts hang in one place",
    ("Host", "unit"): "references: no two hosts hang in one place",
    ("Nic", "speed_gbps"): "the set-up of hosts will",
    ("Rack", "units"): "references: no host sticks out",
    ("Site", "racks"): "references: where hosts hang, and on which feeds",
}
"""Fields of the model that nothing outside of the specs' own room reads, and why they are there."""

NOT_DECODED = {"apiVersion", "kind", "metadata", "spec", "labels"}
"""The frame of a document, and free text for people."""


def declared() -> Iterator[tuple[str, str]]:
    """(class, field) of every dataclass of the model."""
    for name in MODEL:
        for node in parsed(ROOT / "orchestrator" / "model" / f"{name}.py").body:
            if isinstance(node, ast.ClassDef) and node.decorator_list:
                for item in node.body:
                    if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                        yield node.name, item.target.id


def read_attributes() -> set[str]:
    """Every attribute that a reader reads."""
    rooms = [f"orchestrator/{room}" for room in READERS]
    return {
        node.attr
        for path in python_files(*rooms, "stacks", "policies")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }


def test_every_field_of_the_model_is_read_or_says_why_not() -> None:
    """By a policy, a stack, the capacity, a report or a document; and a reason is of a field that there is."""
    read, fields = read_attributes(), set(declared())
    assert len(fields) > 150
    unread = {(owner, field) for owner, field in fields if field not in read}
    check_none(f"{owner}.{field} is read by nothing" for owner, field in sorted(unread - set(NOT_READ)))
    check_none(f"{owner}.{field} is no field of the model" for owner, field in sorted(set(NOT_READ) - fields))


def test_every_field_of_a_schema_is_decoded() -> None:
    """Its name stands in a decoder, or is that of a field that is filled by name."""
    words = {
        node.value
        for path in python_files("orchestrator/spec/decode")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    forms = schemas.schemas()[f"{schemas.BASE}definitions.json"]["$defs"]
    known = words | {field for _, field in declared()} | set(forms["quotaValues"]["properties"]) | NOT_DECODED
    check_none(
        f"{field.path} is not decoded"
        for kind in schemas.KINDS
        for field in every_field(top(kind))
        if field.path.rsplit(".", 1)[-1] not in known and "." in field.path
    )


def test_every_section_of_a_spec_says_what_it_is_for() -> None:
    """`mutualis explain` has an answer, and none for what is not there."""
    assert uses.without_use() == []
    paths = {field.path.replace("[]", "") for kind in schemas.KINDS for field in every_field(top(kind))}
    paths |= {"metadata.name", "metadata.labels"}
    check_none(f"{path} is no field" for path in uses.USES if path not in paths)


QUANTITIES = [
    field.path
    for kind in schemas.KINDS
    for field in every_field(top(kind))
    if field.schema.get("type") in {"integer", "number"}
]
COUNTS = (
    "quota",
    "overcommit",
    "multiplier",
    "portM",
    "vlan",
    "count",
    "population",
    "deletion.budget",
    "reserve.hosts",
    "pue",
    "ssh.port",
    "rolling",
    "serversAtOnce",
    "processes",
)
"""Words in paths of what is a plain count, a ratio or a number of something that its name says."""


@pytest.mark.parametrize("path", [path for path in QUANTITIES if not any(word in path for word in COUNTS)])
def test_a_quantity_has_a_unit(path: str) -> None:
    """It is told with what it counts."""
    assert unit_of(path)
