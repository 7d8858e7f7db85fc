"""A real Prometheus scrapes a real exporter: alerts fire and end, every query of every dashboard is answered."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from monitoring_files import alerts, rule_files
from prometheus_server import Prometheus, hurried, running
from static_page import served
from troubles import OF_PLACING, OF_THE_COLLECTION, OF_WHAT_IS_THERE, Trouble
from watched_region import WatchedRegion

from monitoring.boards.for_member import MEMBER
from monitoring.boards.for_operator import OPERATOR
from monitoring.boards.for_site import SITE
from monitoring.boards.panel import Board, Query
from orchestrator.adapters.exporter_prometheus.exporter import Exporter, Listening
from orchestrator.adapters.exporter_prometheus.tokens import add_token

REGION = {"mutualis_region": "demo"}
HOSTS = """node_cpu_seconds_total{cpu="0",mode="user"} 5
node_memory_MemTotal_bytes 64e9
node_memory_MemAvailable_bytes 32e9
libvirt_domain_info_cpu_time_seconds_total{domain="a"} 5
libvirt_domain_info_memory_usage_bytes{domain="a"} 1e9
"""
CHOSEN = {"$region": ".*", "$site": "nord", "$tenant": "arcy"}
ROUNDS = (OF_WHAT_IS_THERE, OF_PLACING, OF_THE_COLLECTION)
BY_FILES_ONLY = {
    "MutualisFiguresAbsent",  # needs a quarter of an hour without figures
}
"""Alerts that only promtool makes fire."""


def job(name: str, target: str, **more: Any) -> dict[str, Any]:
    return {
        "job_name": name,
        "static_configs": [{"targets": [target], "labels": {**REGION, **more.pop("labels", {})}}],
        **more,
    }


def target_of(exporter: Exporter) -> str:
    return exporter.url.split("/")[2]


def growth(days: int) -> str:
    """What the rules would have recorded of a site and a back end that fill up, without the last hours."""
    end = int(time.time()) - 7200
    begin = end - days * 86400
    lines = []
    for metric, labels, full in (
        ("site_resource_tier:mutualis_capacity_allocated:sum", 'site="sud",resource="vcpus"', 180.0),
        ("pool:mutualis_pool_used_bytes:max", 'pool="ssd"', 3e12),
    ):
        lines.append(f"# TYPE {metric} gauge")
        lines += [
            f'{metric}{{mutualis_region="demo",{labels}}} {full * (at - begin) / (end - begin)} {at}'
            for at in range(begin, end, 240)
        ]
    return "\n".join(lines) + "\n"


@pytest.fixture
def region() -> WatchedRegion:
    return WatchedRegion()


@pytest.fixture
def exporter(region: WatchedRegion, tmp_path: Path) -> Iterator[Exporter]:
    tokens = tmp_path / "tokens"
    (tmp_path / "token").write_text(add_token(tokens, "arcy"), encoding="utf-8")
    found = Exporter(region.sources, Listening(port=0, cadence=1.0, tokens=tokens))
    found.start()
    yield found
    found.stop()


@pytest.fixture
def prometheus(exporter: Exporter, tmp_path: Path) -> Iterator[Prometheus]:
    """Scrapes the exporter and a host; all rules, without waiting."""
    made = Prometheus(tmp_path)
    with served(HOSTS) as host:
        at_site = {"labels": {"site": "nord"}}
        jobs = [job("mutualis", target_of(exporter)), job("node", host, **at_site), job("libvirt", host, **at_site)]
        made.configure(jobs, hurried(rule_files(), tmp_path / "rules"))
        made.backfill(growth(days=10))
        with running(made):
            made.until(lambda: bool(made.query("mutualis_specs_up")))
            yield made


def expressions(board: Board) -> Iterator[tuple[str, Query]]:
    for row in board.rows:
        for panel in row.panels:
            for query in panel.queries:
                text = query.expression
                for name, value in CHOSEN.items():
                    text = text.replace(name, value)
                assert "$" not in text
                yield text, query


def unanswered(prometheus: Prometheus, *boards: Board) -> list[str]:
    return [
        text for board in boards for text, query in expressions(board) if not query.empty and not prometheus.query(text)
    ]


def check_fires_and_ends(watched: Prometheus, region: WatchedRegion, troubles: dict[str, Trouble]) -> None:
    """All together, then all mended."""
    before = dict(vars(region))
    for trouble in dict.fromkeys(troubles.values()):
        trouble(region)
    watched.until(lambda: set(troubles) <= watched.firing())
    vars(region).clear()
    vars(region).update(before)
    watched.until(lambda: watched.firing() == set())


def test_alerts_fire_when_something_is_wrong_and_end_when_it_is_mended(
    prometheus: Prometheus, region: WatchedRegion, exporter: Exporter
) -> None:
    """Every alert but those that need more time or another region; of a region in order nothing is said."""
    prometheus.until(lambda: bool(prometheus.query("site_resource_tier:mutualis_capacity_allocated:ratio")))
    prometheus.until(lambda: prometheus.firing() == set())
    for troubles in ROUNDS:
        check_fires_and_ends(prometheus, region, troubles)
    exporter.stop()
    prometheus.until(lambda: "MutualisExporterDown" in prometheus.firing())
    told = {"MutualisExporterDown"}.union(*ROUNDS)
    assert told | BY_FILES_ONLY == {alert["alert"] for alert in alerts()}
    assert told & BY_FILES_ONLY == set()


def test_every_query_of_the_operators_boards_is_answered(prometheus: Prometheus) -> None:
    """With series, or it says why there may be none; those that want other exporters are answered where these are."""
    prometheus.until(lambda: unanswered(prometheus, OPERATOR, SITE) == [])
    of_hosts = [text for board in (OPERATOR, SITE) for text, query in expressions(board) if "node" in query.empty]
    assert len(of_hosts) == 4
    prometheus.until(lambda: all(prometheus.query(text) for text in of_hosts))
    choices = [choice.values for board in (OPERATOR, SITE) for choice in board.choices]
    assert all(prometheus.query(text.split("(", 1)[1].rsplit(",", 1)[0].replace("$region", ".*")) for text in choices)


def test_members_board_works_in_a_prometheus_of_the_members(exporter: Exporter, tmp_path: Path) -> None:
    """Which scrapes the member's own page with its token, and knows neither rules nor a region's label."""
    folder = tmp_path / "member"
    folder.mkdir()
    made = Prometheus(folder)
    token = {"authorization": {"credentials_file": str(tmp_path / "token")}, "metrics_path": "/tenant/arcy/metrics"}
    made.configure([{"job_name": "m", "static_configs": [{"targets": [target_of(exporter)]}], **token}])
    with running(made):
        made.until(lambda: bool(made.query("mutualis_specs_up")))
        assert unanswered(made, MEMBER) == []
        assert made.query('{__name__=~"mutualis_.+", tenant!="arcy", tenant!=""}') == []
