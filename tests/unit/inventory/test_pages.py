"""Lists in pages while items come and go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from orchestrator.adapters.inventory_openstack.pages import MARKERS, pages
from orchestrator.adapters.inventory_openstack.refusal import LastingRefusal


class Shrinking:
    """Ten things, four a page; `gone`: which vanish once the first page was given."""

    def __init__(self, gone: set[str], status: int = 404) -> None:
        self.things = [str(number) for number in range(10)]
        self.gone = gone
        self.status = status
        self.markers: list[str] = []

    def get(self, service: str, path: str, *, version: str = "", params: Mapping[str, Any] | None = None) -> Any:
        marker = (params or {}).get("marker")
        if marker is not None:
            self.markers.append(marker)
            self.things = [one for one in self.things if one not in self.gone]
            if marker not in self.things:
                raise LastingRefusal(f"{marker} could not be found", status=self.status)
        begin = self.things.index(marker) + 1 if marker else 0
        found = self.things[begin : begin + 4]
        links = {"things_links": [{"rel": "next", "href": "x"}]} if begin + 4 < len(self.things) else {}
        return {"things": [{"id": one} for one in found], **links}


def names(door: Shrinking) -> list[str]:
    return [one["id"] for one in pages(door, "s", "things", "things")]


@pytest.mark.parametrize("status", [400, 404])
def test_a_marker_that_vanished_between_two_pages_is_replaced_by_the_one_before(status: int) -> None:
    """Nothing is lost, nothing comes twice."""
    door = Shrinking({"3", "2"}, status)
    assert names(door) == [str(number) for number in range(10)]
    assert door.markers[:3] == ["3", "2", "1"]


def test_a_page_that_vanished_altogether_fails() -> None:
    """After a few tries: such a list is another one now."""
    door = Shrinking({"0", "1", "2", "3"})
    with pytest.raises(LastingRefusal):
        names(door)
    assert len(door.markers) == MARKERS


def test_another_refusal_is_no_vanished_marker() -> None:
    """It is not tried again with another marker."""
    door = Shrinking({"3"}, status=403)
    with pytest.raises(LastingRefusal):
        names(door)
    assert door.markers == ["3"]
