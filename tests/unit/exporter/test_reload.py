"""Specs read again on demand: by a signal's way in, and by a page that must be allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exporter_client import ask, until

from orchestrator.adapters.exporter_prometheus.collection import Collection, Sources
from orchestrator.adapters.exporter_prometheus.exporter import Exporter, Listening
from orchestrator.errors import SpecError
from orchestrator.model.specs import Specs

Serve = Callable[..., Exporter]


def test_reload_must_be_allowed(serve: Serve, inventory: Any) -> None:
    """403 without --web.enable-lifecycle; a GET is no way to change anything."""
    shut, open_ = serve().url, serve(lifecycle=True).url
    for method in ("POST", "PUT"):
        answer = ask(shut, "/-/reload", method=method)
        assert answer.status == 403
        assert b"--web.enable-lifecycle" in answer.body
    assert inventory.reads == 2
    for url in (shut, open_):
        answer = ask(url, "/-/reload")
        assert (answer.status, answer.headers["Allow"]) == (405, "POST, PUT")
    assert inventory.reads == 2


def test_reload_collects_at_once(serve: Serve, inventory: Any) -> None:
    """An hour before the next collection is due; both methods, as in Prometheus."""
    url = serve(lifecycle=True).url
    assert ask(url, "/-/reload", method="POST").status == 200
    until(lambda: inventory.reads == 2)
    assert ask(url, "/-/reload", method="PUT").status == 200
    until(lambda: inventory.reads == 3)


def test_a_signal_reads_the_specs_again(serve: Serve, inventory: Any) -> None:
    """What HUP does: without leave, since who may send signals may do more."""
    exporter = serve()
    assert inventory.reads == 1
    exporter.reload()
    until(lambda: inventory.reads == 2)


def test_specs_that_cannot_be_read_are_told_and_change_nothing(specs: Specs, inventory: Any) -> None:
    """500 with the reason; the page stays, and the collection goes on."""
    answers = [specs]

    def source() -> Specs:
        if answers:
            return answers[0]
        raise SpecError("the specs are refused")

    exporter = Exporter(Sources(inventory=inventory, specs=source), Listening(port=0, cadence=3600, lifecycle=True))
    exporter.start()
    try:
        until(lambda: exporter._collection.page is not None)
        page = ask(exporter.url, "/metrics").body
        answers.clear()
        answer = ask(exporter.url, "/-/reload", method="POST")
        assert (answer.status, answer.body) == (500, b"not reloaded: the specs are refused\n")
        assert ask(exporter.url, "/metrics").body == page
        answers.append(specs)
        assert ask(exporter.url, "/-/reload", method="POST").status == 200
        until(lambda: inventory.reads == 2)
    finally:
        exporter.stop()


def test_the_body_of_a_post_is_read_and_ignored(serve: Serve, inventory: Any) -> None:
    """The sender gets its answer; a length that is none, or a lie, does no harm."""
    url = serve(lifecycle=True).url
    for length in ("0", "-1", "x", "9" * 30):
        assert ask(url, "/-/reload", method="POST", Content_Length=length).status == 200


def test_a_stop_ends_a_woken_collection(specs: Specs, inventory: Any) -> None:
    """Whatever comes first."""
    collection = Collection(Sources(inventory=inventory, specs=lambda: specs), cadence=3600)
    collection.start()
    for _ in range(50):
        collection.wake()
    collection.stop(seconds=60)
    assert not collection.alive
