"""Memory is given back where the C library knows how, and nothing breaks where it does not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from orchestrator.adapters.exporter_prometheus import heap

HOLES = """
from threading import Thread
from orchestrator.adapters.exporter_prometheus.heap import give_back, keep_one_heap
def rss():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS"))
keep_one_heap()
kept = []
def fill():
    pieces = [bytes(100_000) for _ in range(500)]
    kept.append(pieces[-1])
threads = [Thread(target=fill) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
before = rss()
give_back()
print(before - rss() >= 0 and rss() < 120_000)
"""


def test_holes_do_not_stay() -> None:
    """200 MB taken by four threads, all but four pieces let go."""
    done = subprocess.run([sys.executable, "-c", HOLES], capture_output=True, text=True, check=True, timeout=200)
    assert done.stdout.strip() == "True"


def test_another_c_library_is_none_of_its_business(monkeypatch: pytest.MonkeyPatch) -> None:
    """No such function: nothing happens."""
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda _name: object())
    heap._function.cache_clear()
    heap.keep_one_heap()
    heap.give_back()
    found = heap._function("malloc_trim")
    heap._function.cache_clear()
    assert found is None
