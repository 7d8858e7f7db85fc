"""One operation on a stack at a time, and nothing left over from the dead."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import uuid
from pathlib import Path

import pulumi_openstack as openstack
import pytest
from engine_bench import Bench
from pulumi import automation as auto


def network() -> None:
    openstack.networking.Network("n", name="n1")


def locks(bench: Bench) -> Path:
    return bench.root / "backend" / ".pulumi" / "locks" / "organization" / "demo" / "acme"


def write_lock(bench: Bench, *, pid: int, host: str) -> Path:
    path = locks(bench) / f"{uuid.uuid4()}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"pid": pid, "username": "u", "hostname": host, "timestamp": "2026-01-02T03:04:05Z"}))
    return path


def dead_pid() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_second_operation_is_told_who_works_and_since_when(bench: Bench) -> None:
    """ConcurrentUpdateError with user, host, pid and time; the first is not disturbed."""
    bench.stack(network)
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        network()
        begun.set()
        assert go_on.wait(20)

    first = threading.Thread(target=lambda: bench.up(slow))
    first.start()
    try:
        assert begun.wait(20)
        with pytest.raises(auto.ConcurrentUpdateError, match=rf"pid {os.getpid()}\) at 20"):
            bench.stack(network).refresh()
        assert bench.preview(network) == {"create": 2}
    finally:
        go_on.set()
        first.join()
    assert bench.up(network) == {"same": 2}
    assert list(locks(bench).iterdir()) == []


def test_somebody_elses_lock_file_is_respected(bench: Bench) -> None:
    """A command line on another machine, or a living one here, holds the stack."""
    bench.stack(network)
    for host, pid in (("another-host", 1), (socket.gethostname(), os.getppid())):
        path = write_lock(bench, pid=pid, host=host)
        with pytest.raises(auto.ConcurrentUpdateError, match=f"created by u@{host}"):
            bench.up(network)
        path.unlink()
    assert bench.up(network) == {"create": 2}


def test_a_dead_owners_lock_file_is_removed(bench: Bench) -> None:
    """A lock of this host whose process is gone holds nobody up."""
    bench.stack(network)
    write_lock(bench, pid=dead_pid(), host=socket.gethostname())
    assert bench.up(network) == {"create": 2}
    assert list(locks(bench).iterdir()) == []


def test_cancel_removes_what_is_left_over(bench: Bench) -> None:
    """It succeeds without locks, and takes those of other machines away."""
    stack = bench.stack(network)
    stack.cancel()
    write_lock(bench, pid=1, host="another-host")
    stack.cancel()
    assert bench.up(network) == {"create": 2}


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
