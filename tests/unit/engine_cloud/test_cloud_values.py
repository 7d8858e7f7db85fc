"""What the API says, as it is recorded."""

import pytest

from orchestrator.engine.cloud.schema import Property, Shape
from orchestrator.engine.cloud.values import decode


@pytest.mark.parametrize(("kind", "recorded"), [("int", 0), ("bool", False), ("str", "")])
def test_an_empty_text_is_the_zero_of_its_type(kind: str, recorded: object) -> None:
    """Nova says "" for a flavor without swap; the official engine cannot load a text where a number belongs."""
    found = decode(Property(name="swap", key="swap", shape=Shape(kind=kind)), "")
    assert found == recorded
    assert type(found) is type(recorded)
