"""Facts of an answer: the right type goes through, any other stops there."""

from __future__ import annotations

from typing import Any

import pytest

from orchestrator.adapters.inventory_openstack import facts


@pytest.mark.parametrize("value", [None, True, 1.5, "12", [], {}, 10**400, float("nan")])
def test_what_is_no_whole_number_is_refused(value: Any) -> None:
    """A number as text too: no service sends one."""
    with pytest.raises(facts.WrongAnswer, match="a whole number was expected, not "):
        facts.whole(value)


@pytest.mark.parametrize("value", [None, True, "1.5", float("nan"), float("inf"), 1e300])
def test_what_is_no_finite_number_is_refused(value: Any) -> None:
    """JSON readers take NaN and Infinity; sums do not."""
    with pytest.raises(facts.WrongAnswer):
        facts.number(value)


def test_numbers_go_through() -> None:
    """Minus one is a quota without limit."""
    assert (facts.whole(-1), facts.whole(2**40), facts.number(4), facts.number(1.5)) == (-1, 2**40, 4.0, 1.5)


def test_a_text_that_cannot_be_written_down_is_made_writable() -> None:
    """Half a surrogate pair in a network's name must not take the page along."""
    assert facts.text("a\ud800b") == "a?b"
    assert facts.text_or_none(None) == ""
    with pytest.raises(facts.WrongAnswer):
        facts.text(7)


@pytest.mark.parametrize("value", [None, 7, "x", {}, [1], [None]])
def test_what_is_no_list_of_objects_is_refused(value: Any) -> None:
    """A list of numbers too."""
    with pytest.raises(facts.WrongAnswer):
        facts.items(value)
