"""One operation on a stack at a time, and nothing left over from the dead."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading

import pulumi_openstack as openstack
import pytest
from engine_bench import Bench
from pulumi import automation as auto


def network() -> None:
    openstack.networking.Network("n", name="n1")


def dead_pid() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_dead_owners_lock_file_is_removed(bench: Bench) -> None:
    """A lock of this host whose process is gone holds nobody up."""
    bench.stack(network)
    bench.write_lock(pid=dead_pid(), host=socket.gethostname())
    assert bench.up(network) == {"create": 2}
    assert list(bench.locks().iterdir()) == []


def test_an_interrupt_ends_operations_with_what_they_did_recorded(bench: Bench) -> None:
    """No new steps; the running one finishes; the message says so; the next engine goes on."""
    bench.faults.seconds = 0.2
    started = threading.Event()

    def program() -> None:
        for index in range(12):
            openstack.networking.Network(f"n{index}", name=f"n{index}")
        started.set()

    def interrupt() -> None:
        started.wait(20)
        while not bench.cloud.objects():
            started.wait(0.01)
        bench.command.interrupt()

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(auto.CommandError, match="interrupted: no new steps were begun"):
        bench.up(program, parallel=2)
    thread.join()
    made = len(bench.cloud.objects())
    assert 0 < made < 12
    assert len(bench.recorded()) == made
    assert bench.pending() == []
    again = Bench(bench.root)
    assert again.up(program) == {"create": 12 - made, "same": made + 1}
