"""Values with secrets and unknowns at any depth: on the wire, in a state, through a transform."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.engine.provider import UNKNOWN
from orchestrator.engine.rpc.output_values import dependencies_in, upgraded
from orchestrator.engine.rpc.values import from_struct, to_struct
from orchestrator.engine.state.resource import decode_properties, encode_properties
from orchestrator.engine.state.values import (
    MASK,
    SECRET,
    SIGNATURE,
    PropertyMap,
    Secret,
    has_secret,
    has_unknown,
    masked,
    secret_names,
    without_secrets,
)

_NAMES = st.text(max_size=4)
_PLAIN = st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.text()


def _nested(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        leaves,
        lambda parts: st.lists(parts, max_size=3) | st.dictionaries(_NAMES, parts, max_size=3),
        max_leaves=8,
    )


_OPEN = _nested(_PLAIN | st.just(UNKNOWN))
_ANY = _nested(_PLAIN | st.just(UNKNOWN) | _OPEN.map(Secret))
_MAPS = st.dictionaries(_NAMES, _ANY, max_size=4)
_KNOWN = st.dictionaries(_NAMES, _nested(_PLAIN | _nested(_PLAIN).map(Secret)), max_size=4)


def seal(_place: str, value: Any) -> dict[str, Any]:
    return {SIGNATURE: SECRET, "ciphertext": json.dumps(value)[::-1]}


def unseal(_place: str, found: Mapping[str, Any]) -> Any:
    return json.loads(found["ciphertext"][::-1])


def lifted(properties: PropertyMap) -> PropertyMap:
    """What a provider's properties are: secret as a whole where any part is."""
    return {name: Secret(without_secrets(value)) if has_secret(value) else value for name, value in properties.items()}


@given(_MAPS)
def test_marks_survive_the_wire_where_they_stand(properties: PropertyMap) -> None:
    """In the outputs of stacks and components."""
    assert from_struct(to_struct(properties), in_place=True) == properties


@given(_MAPS)
def test_marks_rise_to_the_top_for_a_provider(properties: PropertyMap) -> None:
    """No part of a secret is left in the open, and no unknown is lost."""
    found = from_struct(to_struct(properties))
    assert found == lifted(properties)
    assert has_unknown(found) == has_unknown(properties)


@given(_KNOWN)
def test_a_state_gives_back_what_it_was_given(properties: PropertyMap) -> None:
    """Where secrets stand, or with them at the top."""
    written = json.loads(json.dumps(encode_properties(properties, "here", seal)))
    assert decode_properties(written, "here", unseal, in_place=True) == properties
    assert decode_properties(written, "here", unseal) == lifted(properties)


@given(_MAPS)
def test_a_transform_that_changes_nothing_loses_nothing(properties: PropertyMap) -> None:
    """As output values and back: secrets, unknowns, and where they came from."""
    wire = upgraded(to_struct(properties), {})
    assert from_struct(wire) == lifted(properties)
    assert from_struct(upgraded(wire, {})) == lifted(properties)
    assert all(dependencies_in(value) == () for value in wire.fields.values())


@given(_KNOWN)
def test_what_people_see_holds_no_secret(properties: PropertyMap) -> None:
    """Each is a mask, and what is beside it is as it was."""
    hidden = {name: Secret("canary") for name in secret_names(properties)}
    assert "canary" not in json.dumps(masked(properties | hidden))
    assert json.dumps(masked(hidden)).count(MASK) == len(hidden)
