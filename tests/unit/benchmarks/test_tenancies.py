"""What keeps the comparison of tenants fair: the same objects, counted, and a no-op that changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from measurement.errors import BenchmarkError
from measurement.process import Finished
from tenancies.by_playbook import inventory
from tenancies.contender import Contender, expected, live
from tenancies.contenders import changed_by_tasks
from tenancies.limits import RESOURCES

RECAP = "bench-001 : ok=6 changed={0} failed=0\nbench-002 : ok=6 changed=0 failed=0\n"


def said(output: str) -> Finished:
    return Finished(seconds=1.0, cpu_seconds=1.0, peak_bytes=0, code=0, output=output, errors="")


def contender(second: int = 0) -> Contender:
    """Its second create changes so many."""
    outputs = iter((RECAP.format(6), RECAP.format(second)))
    return Contender(create=lambda: said(next(outputs)), delete=lambda: said(""), changed=changed_by_tasks)


def test_a_tenant_has_twelve_resources() -> None:
    """The census of one tenant counts what the goal says."""
    assert sum(expected(1).values()) == RESOURCES == 12


def test_life_is_create_no_op_delete() -> None:
    """With a census that agrees after creating and after deleting."""
    found = iter((expected(2), expected(0)))
    lived = live(contender(), lambda: next(found), 2)
    assert (changed_by_tasks(lived.create), changed_by_tasks(lived.no_op)) == (6, 0)


def test_no_op_that_changes_something_is_no_figure() -> None:
    """Else the slower of two would win by doing nothing."""
    with pytest.raises(BenchmarkError, match="no-op changed 1"):
        live(contender(second=1), lambda: expected(2), 2)


@pytest.mark.parametrize("missing", [expected(1), {**expected(2), "rule": 5}])
def test_missing_objects_are_no_figure(missing: dict[str, int]) -> None:
    """A contender that made less was not faster."""
    with pytest.raises(BenchmarkError, match="after create"):
        live(contender(), lambda: missing, 2)


def test_leftovers_are_no_figure() -> None:
    """The next contender needs an empty cloud."""
    with pytest.raises(BenchmarkError, match="after delete"):
        live(contender(), lambda: expected(2), 2)


def test_playbook_gets_one_host_a_tenant() -> None:
    """So that forks are tenants at a time; it works with its own environment's Python."""
    found = inventory("c", 3, Path("python"))["all"]
    assert list(found["hosts"]) == ["bench-001", "bench-002", "bench-003"]
    assert found["vars"]["ansible_python_interpreter"] == "python"
    assert len(found["vars"]["rules"]) == 3
