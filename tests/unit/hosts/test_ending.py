"""What concerns no host ends the step with a clear error."""

from __future__ import annotations

import pytest

from orchestrator.adapters.hosts_ansible.ending import INTERRUPTED, raise_unless_ended
from orchestrator.adapters.hosts_ansible.run import Ended
from orchestrator.errors import MutualisError, PermanentFailure, TemporaryFailure


def error_of(code: int | None, *said: str, by_itself: bool = False, stopped: bool = False) -> MutualisError | None:
    how = Ended(code=code, said=said)
    try:
        raise_unless_ended(how, by_itself=by_itself, stopped=stopped, mask=lambda text: text.replace("secret", "*"))
    except MutualisError as error:
        return error
    return None


def test_ends_that_are_none_of_ours() -> None:
    """Failed hosts have results; who asked for the end is not told of it."""
    assert error_of(2, by_itself=True) is None
    assert error_of(INTERRUPTED, stopped=True) is None


def test_a_playbook_that_cannot_run_says_why() -> None:
    """In Ansible's words from its last error on, secrets masked; trying again is of no use."""
    said = ("[WARNING]: old", "[ERROR]: conflicting action", "statements: secret", "", "Origin: /x/region.yml:3:7")
    found = error_of(4, *said)
    assert isinstance(found, PermanentFailure)
    assert found.message.endswith("(exit 4): [ERROR]: conflicting action statements: * Origin: /x/region.yml:3:7")
    assert "--syntax-check" in found.hint


@pytest.mark.parametrize("code", [None, INTERRUPTED], ids=["killed", "interrupted by somebody else"])
def test_a_killed_ansible_is_worth_another_try(code: int | None) -> None:
    """Nothing is wrong with the playbook."""
    assert isinstance(error_of(code), TemporaryFailure)
