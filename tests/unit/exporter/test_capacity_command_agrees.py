"""One arithmetic: `mutualis capacity` and the page for Prometheus tell the same of the same specs and snapshot."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from page_samples import samples_of

from orchestrator.adapters.exporter_prometheus.page import render
from orchestrator.adapters.exporter_prometheus.reading import reading
from orchestrator.adapters.exporter_prometheus.units import UNITS
from orchestrator.cli.capacity_look import _view
from orchestrator.model.capacity import Resource
from orchestrator.model.catalogue import Flavor
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Specs
from orchestrator.reporting.capacity.as_json import capacity_to_data

TENANT_LAYERS = ("declared", "quota", "guaranteed", "allocated")
SMALL = Flavor(name="small", vcpus=1, memory_mib=512, disk_gib=10)

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def add(found: Samples, name: str, line: dict[str, Any], labels: tuple[str, ...], value: float | None) -> None:
    if value is not None:
        found[name, tuple(sorted((label, line[label]) for label in labels))] = value


def told(data: dict[str, Any]) -> Samples:
    """Ratios and members' layers, under the names that Prometheus knows them by."""
    found: Samples = {}
    for line in data["sites"]:
        for ratio in ("promise", "guarantee"):
            value = line[f"{ratio}Ratio"]
            add(found, f"mutualis_capacity_{ratio}_ratio", line, ("site", "resource", "tier"), value)
    for line in data["tenants"]:
        if line["resource"] == "storage" and not any(line[layer] for layer in TENANT_LAYERS):
            continue  # the exporter leaves out tiers that are nothing to a tenant
        for layer in TENANT_LAYERS:
            name = f"mutualis_tenant_{layer}_{UNITS[Resource(line['resource'])]}"
            add(found, name, line, ("tenant", "resource", "tier"), line[layer])
    return found


def room(data: dict[str, Any]) -> Samples:
    """What still goes in, the same way."""
    found: Samples = {}
    for line in data["headroom"]["free"]:
        name = f"mutualis_capacity_free_{UNITS[Resource(line['resource'])]}"
        add(found, name, line, ("site", "aggregate", "resource", "lost"), line["amount"])
    for line in data["headroom"]["slots"]:
        add(found, "mutualis_flavor_free_slots", line, ("site", "aggregate", "flavor", "lost"), line["servers"])
    for line in data["headroom"]["stranded"]:
        add(found, "mutualis_capacity_stranded_servers", line, ("site", "lost"), line["servers"])
    return found


def test_the_command_tells_what_prometheus_scrapes(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Every figure that both know, each with the same value, and none that only one of them has."""
    specs = replace(specs, catalogue=replace(specs.catalogue, flavors={SMALL.name: SMALL}))
    page = samples_of(render(reading(specs, snapshot)).plain.decode())
    data = capacity_to_data(_view(specs, snapshot, ""))
    ours = told(data) | room(data)
    names = {name for name, _ in ours}
    assert {"mutualis_flavor_free_slots", "mutualis_capacity_promise_ratio", "mutualis_tenant_quota_vcpus"} <= names
    assert ours == {key: value for key, value in page.items() if key[0] in names}
