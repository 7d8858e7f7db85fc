"""The whole chain for some minutes: a cloud, `mutualis exporter`, Prometheus with all rules, an apply in between."""

from __future__ import annotations

import math
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from demo_region import DemoRegion
from monitoring_files import rule_files
from prometheus_server import Prometheus, hurried, running

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(900)]

OF_THE_COLLECTION = {
    "MutualisExporterDown",
    "MutualisFiguresStale",
    "MutualisCollectorDown",
    "MutualisCollectorStale",
    "MutualisSpecsUnreadable",
    "MutualisSupplyUnseen",
}
EVERY = 5
"""Seconds between two scrapes, and all that one may take on a busy machine."""

WATCHED = 120
"""Seconds."""


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


def test_prometheus_watches_a_region_come_to_life(demo: DemoRegion, exporter: str, tmp_path: Path) -> None:
    """Bare, applied, a server deleted by hand: figures follow, no scrape fails, nothing doubts the collection."""
    made = Prometheus(tmp_path)
    target = {"targets": [exporter], "labels": {"mutualis_region": "demo"}}
    jobs = [{"job_name": "mutualis", "static_configs": [target]}]
    made.configure(jobs, hurried(rule_files(), tmp_path / "rules"), f"{EVERY}s")
    with running(made):
        made.until(lambda: value(made, "mutualis_capacity_supply_seen") == 1)
        made.until(lambda: not made.firing() & OF_THE_COLLECTION)
        assert allocated_vcpus(made) == 0
        steps = len(demo.apply()["outcomes"])
        made.until(lambda: value(made, 'mutualis_apply_steps{outcome="done"}') == steps)
        made.until(lambda: value(made, "sum(mutualis_plan_pending_steps)") == 0)
        made.until(lambda: allocated_vcpus(made) == vcpus_by_nova(demo) > 0)
        delete_one_server(demo)
        made.until(lambda: allocated_vcpus(made) == vcpus_by_nova(demo))
        made.until(lambda: value(made, "count_over_time(mutualis_specs_up[10m])") >= WATCHED / EVERY)
        assert value(made, 'min_over_time(up{job="mutualis"}[10m])') == 1
        assert value(made, "changes(mutualis_collection_timestamp_seconds[10m])") >= WATCHED / 15
        assert not made.firing() & OF_THE_COLLECTION
        assert made.query("mutualis_collector_up == 0") == []


def value(made: Prometheus, expression: str) -> float:
    """Of the only series; NaN: there is none."""
    found = made.query(expression)
    assert len(found) <= 1, found
    return float(found[0]["value"][1]) if found else math.nan


def allocated_vcpus(made: Prometheus) -> float:
    return value(made, "sum(mutualis_tenant_allocated_vcpus)")


def vcpus_by_nova(demo: DemoRegion) -> int:
    with demo.connection() as cloud:
        return sum(server.flavor.vcpus for server in cloud.compute.servers(all_projects=True))


def delete_one_server(demo: DemoRegion) -> None:
    with demo.connection() as cloud:
        server = next(iter(cloud.compute.servers(all_projects=True)))
        cloud.compute.delete_server(server)
        cloud.compute.wait_for_delete(server)
