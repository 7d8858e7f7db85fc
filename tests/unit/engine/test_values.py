"""Property values: on the wire, masked, and with their secrets at the top."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.engine.provider import UNKNOWN
from orchestrator.engine.rpc.values import from_struct, to_struct
from orchestrator.engine.state.values import (
    OUTPUT,
    REFERENCE,
    SECRET,
    SIGNATURE,
    UNKNOWN_MARK,
    Secret,
    has_unknown,
    masked,
    plain,
)

_PARTS = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=5), parts, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(max_size=8), _PARTS, max_size=5))
def test_values_survive_the_wire(properties: dict[str, object]) -> None:
    """What goes out comes back equal; whole numbers as int."""
    assert from_struct(to_struct(properties)) == properties


def test_unknowns_and_secrets_survive_the_wire() -> None:
    """Nested unknowns stay nested; an unknown secret is both."""
    properties = {"a": [1, UNKNOWN, {"b": UNKNOWN}], "s": Secret({"x": 1}), "u": Secret(UNKNOWN)}
    assert from_struct(to_struct(properties)) == properties


def test_a_secret_inside_makes_the_whole_property_secret() -> None:
    """As the official provider sees it."""
    wire = to_struct({"a": {"deep": [{SIGNATURE: SECRET, "value": "x"}]}, "b": 1})
    assert from_struct(wire) == {"a": Secret({"deep": ["x"]}), "b": 1}


def test_output_values_are_read() -> None:
    """Absent value: unknown; their secretness counts."""
    wire = to_struct({"a": {SIGNATURE: OUTPUT}, "b": {SIGNATURE: OUTPUT, "value": 3, "secret": True}})
    assert from_struct(wire) == {"a": UNKNOWN, "b": Secret(3)}


def test_nulls_are_absent() -> None:
    """At the top and in objects; a list keeps its places."""
    wire = to_struct({"a": None, "b": {"c": None, "d": 1}, "e": [None, 1]})
    assert from_struct(wire) == {"b": {"d": 1}, "e": [None, 1]}


def test_events_show_no_secret() -> None:
    """Secrets as a marker, unknowns as Pulumi's."""
    assert masked({"a": Secret("x"), "b": [UNKNOWN], "c": 1}) == {
        "a": {SIGNATURE: SECRET, "ciphertext": "[secret]"},
        "b": [UNKNOWN_MARK],
        "c": 1,
    }


def test_a_provider_is_given_plain_values() -> None:
    """No marks; a resource reference is its id, and one without id is not known."""
    reference = {SIGNATURE: REFERENCE, "urn": "u", "id": "7"}
    assert plain({"a": Secret([reference]), "b": {**reference, "id": ""}}) == {"a": ["7"], "b": UNKNOWN}


def test_unknowns_are_found_however_deep() -> None:
    """In lists, objects and secrets."""
    assert has_unknown({"a": [{"b": Secret((1, UNKNOWN))}]})
    assert not has_unknown({"a": [{"b": Secret((1, 2))}]})


def test_a_secret_does_not_show_itself() -> None:
    """Not in reprs, so not in messages."""
    assert "canary" not in repr({"a": Secret("canary")})
