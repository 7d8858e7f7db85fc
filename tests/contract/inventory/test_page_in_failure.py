"""The exporter's page while a service misbehaves: its figures are marked old at once, all others are right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hand_made_cloud import FakeCloud, server, volume
from misbehaving_cloud import MisbehavingCloud
from small_region import specs, tenant

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.exporter_prometheus.collection import Collection, Sources
from orchestrator.adapters.inventory_openstack import courtesy
from orchestrator.adapters.inventory_openstack.inventory import OpenStackInventory

DOWN = {
    "compute": {"compute", "compute_quota"},
    "block-storage": {"volume", "volume_quota"},
    "placement": {"placement"},
}
ITS_OWN = {
    "compute": re.compile(
        r'mutualis_(tenant|capacity)_allocated_servers|mutualis_tenant_allocated_(vcpus|bytes.*"(memory|disk)")'
    ),
    "block-storage": re.compile(r'mutualis_(tenant|capacity)_allocated_bytes.*"storage"|mutualis_pool'),
    "placement": re.compile(r'mutualis_capacity_\w+(?!.*"(storage|floating_ips|servers)")|mutualis_flavor'),
}
APART = re.compile(r"mutualis_coll|mutualis_\w+_timestamp_seconds|mutualis_capacity_stranded_servers")
"""What tells of the collection itself, and what is made of two services' answers."""


@pytest.mark.parametrize("fault", ["503", "HTML", "wrong types", "truncated"])
@pytest.mark.parametrize("service", DOWN)
def test_a_page_marks_what_is_old_and_serves_the_rest_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: str, fault: str
) -> None:
    """One collection after the fault: up is 0 for its parts alone, every other series is as without the fault."""
    monkeypatch.setattr(courtesy, "FIRST_PAUSE", 0.01)
    bad = MisbehavingCloud(FakeCloud())
    try:
        inventory = OpenStackInventory(bad.door(tmp_path), SystemClock(), patience=60)
        collection = collecting(inventory)
        before = series(collection)
        bad.cloud.servers = [*bad.cloud.servers, server("s2")]
        bad.cloud.volumes = [*bad.cloud.volumes, volume("v2")]
        bad.cloud.used["u1"]["VCPU"] += 2
        right = series(collecting(OpenStackInventory(bad.cloud, SystemClock(), patience=60)))
        bad.faults[service] = fault
        seen = series(collection)
    finally:
        bad.close()
    assert {part for part in PARTS if seen[f'mutualis_collector_up{{part="{part}"}}'] == "0.0"} == DOWN[service]
    others = {name for name in right if not APART.match(name) and not ITS_OWN[service].search(name)}
    assert {name: seen.get(name) for name in others} == {name: right[name] for name in others}
    kept = {name for name in before if ITS_OWN[service].search(name) and not APART.match(name)}
    assert kept
    assert {name: seen.get(name) for name in kept} == {name: before[name] for name in kept}


PARTS = ("identity", "placement", "compute", "volume", "network", "network_objects", "compute_quota", "volume_quota")


def collecting(inventory: OpenStackInventory) -> Collection:
    return Collection(Sources(inventory=inventory, specs=lambda: specs(tenant("alpha"))), cadence=60)


def series(collection: Collection) -> dict[str, str]:
    """Name and labels -> value, of a page that was made now."""
    assert collection.collect()
    assert collection.page
    lines = [line for line in collection.page.plain.decode().splitlines() if not line.startswith("#")]
    return dict(line.rsplit(" ", 1) for line in lines)
