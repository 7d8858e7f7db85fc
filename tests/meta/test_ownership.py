"""Every property of every kind has an owner, with a reason; the page says what the table says."""

from __future__ import annotations

import ast

from source_tree import ROOT, check_none, parsed, python_files

from orchestrator.engine.cloud.registry import HANDLERS, type_of
from orchestrator.model.drift import Owner
from orchestrator.planning.ownership import OWNERSHIP
from orchestrator.planning.ownership.made import MADE
from orchestrator.planning.ownership.reference import reference


def classes_made() -> set[tuple[str, str]]:
    """(service, class) of each `openstack.<service>.<Class>(...)` in the programs."""
    found = set()
    for path in python_files("stacks"):
        for node in ast.walk(parsed(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr[0].isupper()
                and isinstance(node.func.value, ast.Attribute)
                and isinstance(node.func.value.value, ast.Name)
                and node.func.value.value.id == "openstack"
            ):
                found.add((node.func.value.attr, node.func.attr))
    return found


def test_every_kind_of_the_engine_has_owners() -> None:
    """More than fifty of them, and none besides."""
    assert len(HANDLERS) > 50
    assert OWNERSHIP.keys() == HANDLERS.keys()


def test_every_kind_that_stacks_make_is_in_their_table() -> None:
    """And nothing else is: the page parts them."""
    tokens = {(kind.split(":")[1].split("/")[0], kind.rsplit(":", 1)[1]) for kind in (one.kind for one in MADE)}
    assert tokens == classes_made()


def test_every_property_has_one_owner_and_no_owner_is_idle() -> None:
    """As the engine's description has them; a name with a point is a key of a map."""
    told = ((one.kind, {name for name in one.fields if "." not in name}) for one in OWNERSHIP.values())
    check_none(f"{kind}: {name}" for kind, names in told for name in sorted(names ^ set(type_of(kind).properties)))


def test_what_no_call_tells_is_ours_by_nobody() -> None:
    """A property that a read keeps as recorded never differs: to call it drift would be a promise that nobody keeps."""
    kept = (
        (kind, name) for kind in HANDLERS for name, one in type_of(kind).properties.items() if one.kept and name != "id"
    )
    check_none(f"{kind}: {name}" for kind, name in kept if OWNERSHIP[kind].fields[name].owner is Owner.OURS)


def test_every_owner_has_a_reason() -> None:
    """For whoever reads that something is theirs, or that it must be mended by hand."""
    rules = ((one.kind, name, rule) for one in OWNERSHIP.values() for name, rule in one.fields.items())
    check_none(f"{kind}: {name}" for kind, name, rule in rules if len(rule.reason) < 10)


def test_the_page_is_the_table() -> None:
    """Run `python -m orchestrator.planning.ownership.reference > docs/ownership.md` after a change."""
    assert (ROOT / "docs" / "ownership.md").read_text(encoding="utf-8") == reference()
