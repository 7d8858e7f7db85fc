"""The background collection: what it does with failures."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from orchestrator.adapters.exporter_prometheus.collection import Collection, Sources
from orchestrator.errors import SpecError
from orchestrator.model.specs import Specs


def test_specs_that_broke_leave_the_last_good_ones(
    specs: Specs, inventory: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The page goes on, says so, and the log has the reason without a traceback."""
    answers = [specs]

    def source() -> Specs:
        if answers:
            return answers.pop()
        raise SpecError("region.yaml:1:1: broken")

    collection = Collection(Sources(inventory=inventory, specs=source), cadence=60)
    collection.collect()
    first = collection.page
    assert first is not None
    assert b"mutualis_specs_up 1.0" in first.plain
    with caplog.at_level(logging.ERROR):
        collection.collect()
    assert collection.page is not None
    assert collection.page.plain == first.plain.replace(b"mutualis_specs_up 1.0", b"mutualis_specs_up 0.0")
    assert "region.yaml:1:1" in caplog.text
    assert "Traceback" not in caplog.text


def test_without_any_good_specs_the_cloud_is_not_asked(inventory: Any) -> None:
    """There is nothing to compare with; the exporter is not ready."""

    def source() -> Specs:
        raise SpecError("broken")

    collection = Collection(Sources(inventory=inventory, specs=source), cadence=60)
    collection.collect()
    assert collection.page is None
    assert inventory.reads == 0


def test_an_unforeseen_failure_keeps_the_last_page_and_the_collection(
    specs: Specs, inventory: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Its timestamp tells its age; the next collection may succeed."""
    collection = Collection(Sources(inventory=inventory, specs=lambda: specs), cadence=60)
    collection.collect()
    page = collection.page
    inventory.snapshot = None
    collection.collect()
    assert collection.page is page
    assert "please report this" in caplog.text


def test_it_collects_again_at_its_cadence_and_stops_at_once(specs: Specs, inventory: Any) -> None:
    """An hour's cadence does not hold up the end."""
    collection = Collection(Sources(inventory=inventory, specs=lambda: specs), cadence=3600)
    collection.start()
    collection.stop(seconds=5)
    assert not collection.alive
    assert inventory.reads <= 1
