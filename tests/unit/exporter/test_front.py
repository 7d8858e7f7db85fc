"""As a program the exporter serves from a process of its own, and answers as it does within one process."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from exporter_client import ask, until

from orchestrator.adapters.exporter_prometheus.collection import Sources
from orchestrator.adapters.exporter_prometheus.exporter import Exporter, Listening
from orchestrator.adapters.exporter_prometheus.tokens import add_token
from orchestrator.errors import PermanentFailure, SpecError
from orchestrator.model.specs import Specs


class Program:
    """An exporter that runs as a program does, in a thread of this process; `error`: what ended it."""

    def __init__(self, exporter: Exporter) -> None:
        self.exporter, self.url = exporter, exporter.url
        self.error: BaseException | None = None
        self._stop = Event()
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        front = self.exporter._front
        assert front is not None
        return front._process.pid

    def end(self) -> None:
        self._stop.set()
        self._thread.join(60)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self.exporter.run(self._stop)
        except PermanentFailure as error:
            self.error = error


@pytest.fixture
def program(inventory: Any, specs: Specs) -> Iterator[Callable[..., Program]]:
    """Starts programs on free ports of loopback; ready when it returns."""
    started = []

    def start(source: Callable[[], Specs] = lambda: specs, **told: Any) -> Program:
        listening = Listening(port=0, cadence=3600, **told)
        one = Program(Exporter(Sources(inventory=inventory, specs=source), listening))
        started.append(one)
        until(lambda: ask(one.url, "/-/ready").status == 200)
        return one

    yield start
    for one in started:
        one.end()


def test_both_ways_serve_the_same(program: Callable[..., Program], serve: Callable[..., Exporter]) -> None:
    """Every form of the page, of the same collection's figures; other pages alike."""
    far, near = program().url, serve().url
    openmetrics = {"Accept": "application/openmetrics-text; version=1.0.0"}
    for headers in ({}, {"Accept_Encoding": "gzip"}, openmetrics, openmetrics | {"Accept_Encoding": "gzip"}):
        one, other = ask(far, "/metrics", **headers), ask(near, "/metrics", **headers)
        assert one.status == other.status == 200
        assert len(one.body) == len(other.body)
        assert one.headers["Content-Type"] == other.headers["Content-Type"]
    for path in ("/", "/-/healthy", "/-/ready", "/nowhere"):
        assert ask(far, path)[::2] == ask(near, path)[::2]


def test_a_member_is_shown_its_own_page(program: Callable[..., Program], tmp_path: Path) -> None:
    """Asked for over the channel; a tenant that does not exist is told as within one process."""
    tokens = tmp_path / "tokens"
    token, lost = add_token(tokens, "alpha"), add_token(tokens, "gone")
    url = program(tokens=tokens).url
    for _ in range(2):
        own = ask(url, "/tenant/alpha/metrics", Authorization=f"Bearer {token}")
        assert own.status == 200
        assert b'tenant="alpha"' in own.body
        assert b'tenant="beta"' not in own.body
    assert ask(url, "/tenant/gone/metrics", Authorization=f"Bearer {lost}").status == 404
    assert ask(url, "/tenant/alpha/metrics").status == 401


def test_a_reload_collects_and_a_new_page_is_shown(program: Callable[..., Program], inventory: Any) -> None:
    """An hour before it is due."""
    url = program(lifecycle=True).url
    assert inventory.reads == 1
    assert ask(url, "/-/reload", method="POST").status == 200
    until(lambda: inventory.reads == 2)


def test_specs_that_cannot_be_read_are_told(program: Callable[..., Program], specs: Specs) -> None:
    """By the process that does not read them."""
    good = [specs]

    def source() -> Specs:
        if good:
            return good[0]
        raise SpecError("the specs are refused")

    url = program(source, lifecycle=True).url
    good.clear()
    answer = ask(url, "/-/reload", method="POST")
    assert (answer.status, answer.body.strip()) == (500, b"not reloaded: the specs are refused")
    assert ask(url, "/metrics").status == 200


def test_the_end_of_the_program_is_the_end_of_both(program: Callable[..., Program]) -> None:
    """No process is left, and the port is free."""
    one = program()
    pid, url = one.pid, one.url
    one.end()
    assert one.error is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(ConnectionRefusedError):
        ask(url, "/metrics")


def test_signals_to_the_serving_process_do_not_end_it(program: Callable[..., Program]) -> None:
    """Ctrl-C and a service manager reach both; who collects decides when it is over."""
    one = program()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(one.pid, number)
    assert ask(one.url, "/metrics").status == 200


def test_an_exporter_that_cannot_serve_ends(program: Callable[..., Program]) -> None:
    """So that a service manager starts it again, instead of nobody noticing."""
    one = program()
    os.kill(one.pid, signal.SIGKILL)
    until(lambda: one.error is not None)
    assert "the serving process has ended" in str(one.error)


def test_the_serving_process_ends_when_nobody_collects(program: Callable[..., Program]) -> None:
    """Whatever became of the other side: its end of the channel is closed by the kernel."""
    one = program()
    front = one.exporter._front
    assert front is not None
    front._socket.shutdown(2)
    until(lambda: not front.alive)
