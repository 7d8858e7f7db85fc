"""A finding's place is where the reader looks."""

from __future__ import annotations

from orchestrator.model.finding import Path
from orchestrator.spec.document import Document
from orchestrator.spec.load import load

TEXT = b"""\
kind: Tenant
metadata: {name: arcy}
spec:
  servers:
    - name: a
      flavor: small
    - {name: b}
"""


def document() -> Document:
    read, findings = load("arcy.yaml", TEXT)
    assert findings == ()
    assert read is not None
    return read


def place(path: Path) -> tuple[int, int]:
    position = document().position(path)
    return position.line, position.column


def test_a_value_is_found_by_its_path() -> None:
    """Lines and columns count from 1."""
    assert place(("kind",)) == (1, 7)
    assert place(("metadata", "name")) == (2, 18)
    assert place(("spec", "servers", 0, "flavor")) == (6, 15)
    assert place(("spec", "servers", 1)) == (7, 7)


def test_what_is_not_written_stands_at_the_part_around_it() -> None:
    """A missing field is shown where it would belong."""
    assert place(("spec", "servers", 0, "image")) == (5, 7)
    assert place(("spec", "networks", 3, "cidr")) == (3, 1)
    assert place(("kind", "deeper")) == (1, 1)
    assert place(("spec", "servers", 9)) == (4, 3)
    assert place(()) == (1, 1)


def test_a_key_has_a_place_of_its_own() -> None:
    """An unknown field is shown at its name."""
    position = document().key_position(("spec", "servers", 0, "flavor"))
    assert (str(position), position.column) == ("arcy.yaml:6:7", 7)


def test_columns_count_characters() -> None:
    """Not bytes: an editor goes to the right place behind an accent."""
    read, _ = load("x.yaml", "{é: é, kind: x}\n".encode())
    assert read is not None
    assert read.position(("kind",)).column == 14


def test_an_item_of_a_list_may_be_called_by_its_name() -> None:
    """Who judges the decoded specs no longer knows the order of the file."""
    read = document()
    assert read.written(("spec", "servers", "b", "flavor")) == ("spec", "servers", 1, "flavor")
    assert read.written(("spec", "servers", 0, "flavor")) == ("spec", "servers", 0, "flavor")
    assert read.written(("spec", "servers", "c")) == ("spec", "servers", "c")
    assert read.written(("spec", "networks", "n", "cidr")) == ("spec", "networks", "n", "cidr")
