"""What is read quickly is what is read with places."""

from __future__ import annotations

from pathlib import Path

import pytest
from region_examples import EXAMPLES

from orchestrator.spec import load as slow
from orchestrator.spec.parser import NotYamlError
from orchestrator.spec.plain_data import MOST_CHARACTERS, NotPlainError, plain_data

ROOT = EXAMPLES.parents[1]
FILES = sorted([*(ROOT / "inventory").rglob("*.yaml"), *(EXAMPLES / "base").glob("*.yaml")])

ODD = {
    "anchor": "a: &b 1\n",
    "anchored key": "&b a: 1\n",
    "anchored list": "a: &b [1]\n",
    "alias": "a: *b\n",
    "tag": "a: !!str 1\n",
    "tagged mapping": "!!map {a: 1}\n",
    "merge": "<<: {a: 1}\n",
    "key twice": "a: 1\na: 2\n",
    "key that is a number": "1: a\n",
    "key that is a list": "[a]: 1\n",
    "huge number": "a: 99999999999999999999\n",
    "escaped control": 'a: "\\e[2J"\n',
    "two documents": "a: 1\n---\nb: 1\n",
    "nothing": "# a comment\n",
    "deep": "[" * 41 + "]" * 41,
    "long": "a: " + "b" * MOST_CHARACTERS,
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_a_file_without_oddities_is_read_the_same_quickly_and_slowly(file: Path) -> None:
    """Two readers, one meaning."""
    text = file.read_text("utf-8")
    document, findings = slow._looked_at("x.yaml", text)
    assert findings == ()
    assert document is not None
    assert repr(plain_data(text)) == repr(document.data)  # repr: 1 is not True, and order counts


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_what_is_odd_is_left_to_the_reader_that_says_where(text: str) -> None:
    """The quick one has no findings, so it must not let anything pass."""
    with pytest.raises((NotPlainError, NotYamlError)):
        plain_data(text)


def test_the_place_in_a_quickly_read_file_is_the_place_in_the_file() -> None:
    """Looked up when it is asked for."""
    document, findings = slow.load("x.yaml", b"kind: Tenant\nspec:\n  servers: [{name: a}]\n")
    assert (findings, document is not None) == ((), True)
    assert document is not None
    assert str(document.position(("spec", "servers", 0, "name"))) == "x.yaml:3:20"
