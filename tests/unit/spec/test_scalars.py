"""What people write without quotes means what they think."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.spec.load import load
from orchestrator.spec.scalars import HugeNumberError, plain


@pytest.mark.parametrize(
    "text", ["NO", "no", "yes", "on", "off", "y", "2026-01-31", "00026", "1_000", "1:30", ".inf", "-", "."]
)
def test_these_stay_text(text: str) -> None:
    """Norway is a country, a day is a day, a postal code keeps its zero."""
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [("", None), ("~", None), ("null", None), ("true", True), ("False", False), ("12", 12), ("-3", -3), ("0", 0),
     ("0x1F", 31), ("0o17", 15), ("1.5", 1.5), (".5", 0.5), ("1e3", 1000.0)],
)  # fmt: skip
def test_these_have_a_meaning(text: str, value: Any) -> None:
    """YAML 1.2's core schema."""
    assert plain(text) == value
    assert type(plain(text)) is type(value)


@pytest.mark.parametrize("text", ["9007199254740993", "-99999999999999999999", "1e400", "9" * 5000, "0x" + "f" * 40])
def test_a_number_that_would_lose_digits_is_refused(text: str) -> None:
    """It is no quantity of a datacenter."""
    with pytest.raises(HugeNumberError):
        plain(text)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(min_codepoint=32, max_codepoint=126)),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(JSON)
def test_json_is_read_as_json(data: Any) -> None:
    """Every JSON document is a spec's YAML and means the same."""
    document, findings = load("x.yaml", json.dumps(data).encode())
    assert findings == ()
    assert document is not None
    assert document.data == data


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_floats_are_kept(value: float) -> None:
    """What is printed is read again."""
    read = plain(repr(value))
    assert isinstance(read, float)
    assert math.isclose(read, value)
