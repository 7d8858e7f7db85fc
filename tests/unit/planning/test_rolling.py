"""The order in which hosts are set up: a region never loses more at once than its spec allows."""

from __future__ import annotations

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.model.installation import Rolling
from orchestrator.planning.rolling import Candidate, may_begin, rolling_order

TWO = Rolling(compute_at_once=2, stop_after=2)

candidates = st.lists(
    st.builds(Candidate, name=st.text("abc", min_size=1), control=st.booleans(), fresh=st.booleans()),
    unique_by=lambda one: one.name,
)


def control(name: str, *, fresh: bool = False) -> Candidate:
    return Candidate(name=name, control=True, fresh=fresh)


def test_control_hosts_come_first_and_alone() -> None:
    """By name; then the others, as many at once as the spec says."""
    hosts = (*map(control, "cba"), *(Candidate(name=name) for name in ("h1", "h2", "h3")))
    assert rolling_order(hosts, TWO) == (("a",), ("b",), ("c",), ("h1", "h2"), ("h3",))


def test_a_new_region_is_set_up_in_one_batch_after_its_control_hosts() -> None:
    """Hosts that carry nothing need no turns."""
    hosts = (control("c", fresh=True), *(Candidate(name=f"h{number}", fresh=True) for number in range(5)))
    assert rolling_order(hosts, Rolling(compute_at_once=1)) == (("c",), ("h0", "h1", "h2", "h3", "h4"))


def test_new_hosts_come_before_the_turns_of_those_that_run() -> None:
    """They bring room, and disturb nobody."""
    hosts = (Candidate(name="a"), Candidate(name="b"), Candidate(name="new", fresh=True))
    assert rolling_order(hosts, Rolling(compute_at_once=1)) == (("new",), ("a",), ("b",))


def test_a_control_host_joins_those_that_run() -> None:
    """Whatever its name."""
    assert rolling_order((control("a", fresh=True), control("b")), TWO) == (("b",), ("a",))


@given(hosts=candidates, at_once=st.integers(1, 4))
def test_every_host_has_one_turn_and_no_turn_is_too_large(hosts: list[Candidate], at_once: int) -> None:
    """Whatever the mixture: at most one control host a turn, at most so many hosts that carry something."""
    order = rolling_order(hosts, Rolling(compute_at_once=at_once))
    assert sorted(chain(*order)) == sorted(host.name for host in hosts)
    assert all(order)
    by_name = {host.name: host for host in hosts}
    for batch in order:
        members = [by_name[name] for name in batch]
        assert len(batch) == 1 or not any(host.control for host in members)
        assert len(batch) <= at_once or all(host.fresh for host in members)


def test_no_batch_begins_after_too_many_failures() -> None:
    """As many as the spec says; one failed control host is too many."""
    assert may_begin(TWO, failed=1, failed_control=0)
    assert not may_begin(TWO, failed=2, failed_control=0)
    assert not may_begin(TWO, failed=1, failed_control=1)
