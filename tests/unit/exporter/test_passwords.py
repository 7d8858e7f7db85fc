"""Basic authentication: right, wrong, unknown; and how often the slow check is made."""

from __future__ import annotations

import bcrypt
import pytest
from exporter_client import basic

from orchestrator.adapters.exporter_prometheus import passwords
from orchestrator.adapters.exporter_prometheus.passwords import BusyError, Users


def users(**given: str) -> Users:
    return Users({user: bcrypt.hashpw(word.encode(), bcrypt.gensalt(4)).decode() for user, word in given.items()})


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Basic",
        "Basic !!!",
        "Basic " + "/" * 40,
        "Bearer swordfish",
        basic("bob", "wrong"),
        basic("bob", ""),
        basic("bob", "swordfish "),
        basic("eve", "swordfish"),
        basic("", "swordfish"),
        basic("bob", "x" * 100),
        basic("bob", "swordfish") + "A",
    ],
)
def test_anything_but_the_right_password_is_refused(header: str) -> None:
    """Broken headers, unknown users, passwords that bcrypt cannot take."""
    assert not users(bob="swordfish").admits(header)


def test_a_success_is_remembered_and_a_failure_is_not() -> None:
    """One slow check for a scraper's life; each guess costs one."""
    known = users(bob="swordfish")
    assert [known.admits(basic("bob", "swordfish")) for _ in range(5)] == [True] * 5
    assert known.checks == 1
    assert not any(known.admits(basic("bob", "wrong")) for _ in range(3))
    assert known.checks == 4


def test_an_unknown_user_costs_a_check_too() -> None:
    """Time tells nobody which users there are."""
    known = users(bob="swordfish")
    assert not known.admits(basic("eve", "swordfish"))
    assert known.checks == 1


def test_one_users_success_is_no_others() -> None:
    """Also where user and password run together to the same text."""
    known = users(ab="cd", a="bcd")
    assert known.admits(basic("ab", "cd"))
    assert known.admits(basic("a", "bcd"))
    assert not known.admits(basic("a", "cd"))
    assert known.checks == 3


def test_memory_of_successes_is_bounded_and_holds_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """Oldest first out."""
    monkeypatch.setattr(passwords, "REMEMBERED", 2)
    known = users(a="1", b="2", c="3")
    for user, word in (("a", "1"), ("b", "2"), ("c", "3")):
        assert known.admits(basic(user, word))
    assert len(known._seen) == 2
    assert all(len(digest) == 32 for digest in known._seen)
    assert known.admits(basic("c", "3"))
    assert known.checks == 3
    assert known.admits(basic("a", "1"))
    assert known.checks == 4


def test_who_waits_too_long_for_a_check_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not that the password is wrong. A remembered success need not wait."""
    monkeypatch.setattr(passwords, "PATIENCE", 0)
    known = users(bob="swordfish")
    assert known.admits(basic("bob", "swordfish"))
    with known._checking:
        assert known.admits(basic("bob", "swordfish"))
        with pytest.raises(BusyError):
            known.admits(basic("bob", "wrong"))
