"""A collection does not stop who scrapes to search for garbage, and leaves none for ever."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest

from orchestrator.adapters.exporter_prometheus.pauses import Pauses


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    """Other tests get the collector as it was."""
    yield
    gc.unfreeze()


class Node:
    """Something that can refer to itself."""

    def __init__(self) -> None:
        self.me = self


def test_nothing_is_searched_during_a_collection() -> None:
    """And everything is as before afterwards."""
    interval = sys.getswitchinterval()
    with Pauses().avoided():
        assert not gc.isenabled()
        assert sys.getswitchinterval() < interval
    assert gc.isenabled()
    assert sys.getswitchinterval() == interval


def test_a_failed_collection_ends_it_too() -> None:
    """The collector is never left off."""
    with pytest.raises(ValueError, match="broken"), Pauses().avoided():
        raise ValueError("broken")
    assert gc.isenabled()


def test_cycles_are_found_in_the_end() -> None:
    """Set aside at first, gone with the next search of everything."""
    pauses = Pauses(whole_every=2)
    with pauses.avoided():
        left = weakref.ref(Node())
    gc.collect()
    assert left() is not None
    with pauses.avoided():
        pass
    assert left() is None
