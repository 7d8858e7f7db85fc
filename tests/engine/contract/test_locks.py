"""One operation on a stack at a time, and nothing left over from the dead."""

from __future__ import annotations

import os
import socket
import threading

import pulumi_openstack as openstack
import pytest
from engine_bench import Bench
from pulumi import automation as auto


def network() -> None:
    openstack.networking.Network("n", name="n1")


def test_a_second_operation_is_told_who_works_and_since_when(bench: Bench) -> None:
    """ConcurrentUpdateError with user, host, pid and time; the first is not disturbed."""
    bench.stack(network)
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        network()
        begun.set()
        assert go_on.wait(120)

    first = threading.Thread(target=lambda: bench.up(slow))
    first.start()
    try:
        assert begun.wait(120)
        with pytest.raises(auto.ConcurrentUpdateError, match=r"created by .+@.+ \(pid \d+\) at 20"):
            bench.stack(network).refresh()
        assert bench.preview(network) == {"create": 2}
    finally:
        go_on.set()
        first.join()
    assert bench.up(network) == {"same": 2}
    assert list(bench.locks().iterdir()) == []


def test_somebody_elses_lock_file_is_respected(bench: Bench) -> None:
    """A command line on another machine, or a living one here, holds the stack."""
    bench.stack(network)
    for host, pid in (("another-host", 1), (socket.gethostname(), os.getppid())):
        path = bench.write_lock(pid=pid, host=host)
        with pytest.raises(auto.ConcurrentUpdateError, match=f"created by u@{host}"):
            bench.up(network)
        path.unlink()
    assert bench.up(network) == {"create": 2}


def test_cancel_removes_what_is_left_over(bench: Bench) -> None:
    """It succeeds without locks, and takes those of other machines away."""
    stack = bench.stack(network)
    stack.cancel()
    bench.write_lock(pid=1, host="another-host")
    stack.cancel()
    assert bench.up(network) == {"create": 2}
