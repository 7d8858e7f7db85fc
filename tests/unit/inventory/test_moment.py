"""Times that a wall clock which is set does not falsify."""

from __future__ import annotations

from orchestrator.adapters.inventory_openstack.moment import Moment


def test_a_moment_keeps_its_time_while_both_clocks_agree() -> None:
    """A drift of a second is a clock that is slewed: the same number is served each time."""
    then = Moment(wall=1000.0, steady=50.0)
    assert then.time(Moment(wall=1060.0, steady=110.0)) == 1000.0
    assert then.time(Moment(wall=1061.0, steady=110.0)) == 1000.0


def test_a_wall_clock_that_was_set_moves_the_moment_along() -> None:
    """A minute ago is a minute ago, forwards and backwards."""
    then = Moment(wall=1000.0, steady=50.0)
    assert then.time(Moment(wall=4660.0, steady=110.0)) == 4600.0
    assert then.time(Moment(wall=10.0, steady=110.0)) == -50.0
