"""Forms of text that a pattern cannot check, and patterns that no regular expression reads."""

from __future__ import annotations

import pytest

from orchestrator.model.name_pattern import matches
from orchestrator.spec.formats import is_age_public_key

KEY = "age1uvdtvs7yfaaqajpykkw3r9xkpkkrxssqmpz7v8fd9zw65rcg06jqqect6x"


def test_a_public_key_of_age_is_one() -> None:
    """The second one stands in age's own documentation."""
    assert is_age_public_key(KEY)
    assert is_age_public_key("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p")


@pytest.mark.parametrize("place", range(4, len(KEY), 7))
def test_a_mistyped_letter_of_a_key_is_seen(place: int) -> None:
    """Wherever it stands: nobody could decrypt what is encrypted to it."""
    other = "q" if KEY[place] != "q" else "p"
    assert not is_age_public_key(KEY[:place] + other + KEY[place + 1 :])


@pytest.mark.parametrize("text", ["", "age1", "age1b", KEY.upper(), KEY + "q", "bc1" + KEY[4:], f" {KEY}", f"{KEY}\n"])
def test_another_text_is_no_key(text: str) -> None:
    """Empty, cut, longer, of another kind, with blanks around."""
    assert not is_age_public_key(text)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("*", ""),
        ("*", "web-1"),
        ("web-1", "web-1"),
        ("{tenant}-*", "arcy-web"),
        ("*-{tenant}-*", "srv-arcy-1"),
        ("a*b*c", "aXbYbc"),
        ("a**c", "ac"),
        ("*-1", "web-1-1"),
    ],
)
def test_a_name_has_the_form_of_a_pattern(pattern: str, name: str) -> None:
    """A star stands for anything, nothing included."""
    assert matches(pattern, name, tenant="arcy")


@pytest.mark.parametrize(
    ("pattern", "name"),
    [("", "a"), ("web", "web-1"), ("{tenant}-*", "lacs-web"), ("a*a", "a"), ("a*b*c", "acb"), ("*ab*b", "ab")],
)
def test_a_name_has_another_form(pattern: str, name: str) -> None:
    """The whole name counts, and no letter counts twice."""
    assert not matches(pattern, name, tenant="arcy")


def test_a_hostile_pattern_is_answered_at_once() -> None:
    """Thousands of stars against a long name: a regular expression would need years."""
    assert not matches("*a" * 5000 + "b", "a" * 10000)
