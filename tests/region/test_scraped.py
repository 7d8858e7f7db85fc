"""The whole chain for a minute: a cloud, `mutualis exporter`, Prometheus with all rules."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from demo_region import DemoRegion
from monitoring_files import rule_files
from prometheus_server import Prometheus, hurried, running

pytestmark = pytest.mark.cloud

OF_THE_COLLECTION = {
    "MutualisExporterDown",
    "MutualisFiguresStale",
    "MutualisCollectorDown",
    "MutualisCollectorStale",
    "MutualisSpecsUnreadable",
    "MutualisSupplyUnseen",
}
SCRAPES = 40


@pytest.fixture
def exporter(demo: DemoRegion, tmp_path: Path) -> Iterator[str]:
    """HOST:PORT of an exporter that reads the cloud every five seconds."""
    ready, log = tmp_path / "ready", tmp_path / "exporter.log"
    options = ("--listen", "127.0.0.1:0", "--every", "5", "--ready-file", str(ready))
    with log.open("wb") as told:
        process = subprocess.Popen(
            demo.command("exporter", str(demo.folder), *options),
            env=demo.environment,
            stdout=told,
            stderr=subprocess.STDOUT,
        )
    try:
        Prometheus(tmp_path).until(lambda: ready.exists() or process.poll() is not None)
        assert process.poll() is None, log.read_text(encoding="utf-8")
        yield ready.read_text(encoding="utf-8").split("/")[2]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def test_prometheus_watches_a_running_region(demo: DemoRegion, exporter: str, tmp_path: Path) -> None:
    """Every part stays fresh over forty scrapes, no alert doubts the collection, supply is the cloud's."""
    made = Prometheus(tmp_path)
    target = {"targets": [exporter], "labels": {"mutualis_region": "demo"}}
    made.configure([{"job_name": "mutualis", "static_configs": [target]}], hurried(rule_files(), tmp_path / "rules"))
    with running(made):
        made.until(lambda: bool(made.query("mutualis_capacity_supply_seen == 1")))
        made.until(lambda: bool(made.query(f"count_over_time(mutualis_specs_up[10m]) >= {SCRAPES}")))
        made.until(lambda: not made.firing() & OF_THE_COLLECTION)
        assert len(made.query("changes(mutualis_collection_timestamp_seconds[10m]) >= 3")) == 1
        assert made.query("mutualis_collector_up == 0") == []
