"""Dashboards are what their code says, in a form that Grafana reads; they ask for what there is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from monitoring_files import ROOT, unknown
from promql_reader import asked

from monitoring.boards.__main__ import BOARDS, FOLDER, files
from monitoring.boards.for_member import MEMBER
from monitoring.boards.panel import LANGUAGES, Board, Said

WIDTH = 24
FAMILIES_OF_MEMBERS = ("mutualis_tenant_", "mutualis_specs_up", "mutualis_collection_timestamp_seconds")
SHOWN = {"bargauge", "stat", "timeseries"}
UNITS = {"short", "bytes", "percentunit", "s", "d"}


def boards() -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]


def panels(board: dict[str, Any]) -> list[dict[str, Any]]:
    return [panel for panel in board["panels"] if panel["type"] != "row"]


def queries(board: Board) -> Iterator[str]:
    for row in board.rows:
        for panel in row.panels:
            for query in panel.queries:
                yield query.expression


def with_values(expression: str) -> str:
    """As Grafana sends it; a chosen value is a regular expression, as it matches any."""
    for name, value in (('="$site"', '=~"nord"'), ('="$tenant"', '=~"arcy"'), ("$region", ".*")):
        expression = expression.replace(name, value)
    return expression


def test_committed_dashboards_are_current() -> None:
    """`make dashboards` would change nothing, and there is no other file."""
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()} == files()


def test_dashboards_have_the_form_that_grafana_reads() -> None:
    """Schema version, an address of its own, ids that differ, panels it has, units it knows, one query a letter."""
    assert len({board["uid"] for board in boards()}) == len(BOARDS) * len(LANGUAGES)
    for board in boards():
        assert board["schemaVersion"] == 36
        assert len(board["uid"]) <= 40
        ids = [panel["id"] for panel in board["panels"]]
        assert len(set(ids)) == len(ids)
        for panel in panels(board):
            assert panel["type"] in SHOWN
            assert panel["fieldConfig"]["defaults"]["unit"] in UNITS
            assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
            letters = [target["refId"] for target in panel["targets"]]
            assert letters == sorted(set(letters)) != []
        variables = [(one["name"], one["type"]) for one in board["templating"]["list"]]
        assert variables[0] == ("datasource", "datasource")
        assert {kind for _, kind in variables[1:]} == {"query"}


def test_panels_do_not_lie_on_each_other() -> None:
    """Each in the grid, none over another."""
    for board in boards():
        taken: set[tuple[int, int]] = set()
        for place in (panel["gridPos"] for panel in board["panels"]):
            cells = {
                (x, y)
                for x in range(place["x"], place["x"] + place["w"])
                for y in range(place["y"], place["y"] + place["h"])
            }
            assert max(x for x, _ in cells) < WIDTH
            assert not cells & taken
            taken |= cells


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
def test_dashboard_asks_for_what_there_is(board: Board) -> None:
    """Metrics, labels and values of labels; variables too."""
    variables = [choice.values.removeprefix("label_values(").rpartition(",") for choice in board.choices]
    assert all(label.strip(" )").isidentifier() for _, _, label in variables)
    wanted = [*queries(board), *(selector for selector, _, _ in variables)]
    assert [text for one in wanted for text in unknown(asked(with_values(one)))] == []


def test_members_board_asks_for_a_members_page_alone() -> None:
    """No sums of a site, no rule that the operator records; and every figure of a tenant is that of the chosen one."""
    for expression in queries(MEMBER):
        for one in asked(expression):
            assert one.metric.startswith(FAMILIES_OF_MEMBERS)
            assert one.values.get("tenant") == "$tenant" or not one.metric.startswith("mutualis_tenant_")


def test_every_text_is_in_both_languages() -> None:
    """No text is empty, and a sentence is not the same in both."""
    for said in texts(BOARDS):
        assert said.en.strip()
        assert said.fr.strip()
        assert said.en != said.fr or " " not in re.sub(r"\{\{\w+\}\}", "", said.en).strip()


def texts(found: Any) -> Iterator[Said]:
    """All of them, wherever they stand."""
    if isinstance(found, Said):
        yield found
    elif isinstance(found, tuple):
        for one in found:
            yield from texts(one)
    elif hasattr(found, "__dataclass_fields__"):
        for name in found.__dataclass_fields__:
            yield from texts(getattr(found, name))


def test_every_board_begins_with_whether_it_can_be_trusted() -> None:
    """Freshness is on each of them, and for the operator completeness."""
    for board in BOARDS:
        first = " ".join(query.expression for panel in board.rows[0].panels for query in panel.queries)
        assert "mutualis_collection_timestamp_seconds" in first
        assert board is MEMBER or "mutualis_collector_completeness_ratio" in first


def test_boards_have_one_door_to_grafana() -> None:
    """What is asked and shown does not know Grafana's form; the product does not know the boards."""
    knows = [
        path.name for path in (ROOT / "monitoring" / "boards").glob("*.py") if "grafana_foundation" in text_of(path)
    ]
    assert knows == ["grafana.py"]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")
