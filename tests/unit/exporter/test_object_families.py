"""Network objects on the page, and how old quotas are."""

from __future__ import annotations

from dataclasses import replace

from orchestrator.adapters.exporter_prometheus.page import render
from orchestrator.adapters.exporter_prometheus.reading import reading
from orchestrator.model.snapshot import NETWORK_QUOTA, AddressUse, InventorySnapshot, ProjectQuota
from orchestrator.model.specs import Specs


def lines(specs: Specs, snapshot: InventorySnapshot, start: str) -> list[str]:
    text = render(reading(specs, snapshot)).plain.decode()
    return [one for one in text.splitlines() if one.startswith(start)]


def test_objects_are_told_by_tenant_and_kind(specs: Specs, snapshot: InventorySnapshot) -> None:
    """What is allowed twice, what there is, and since when that is known."""
    quota = ProjectQuota(part=NETWORK_QUOTA, project_id="p1", limits={"ports": 30, "routers": -1}, read_at=900.0)
    seen = replace(snapshot, objects={"ports": {"p1": 7}}, quotas=(quota,))
    alpha = 'tenant="alpha"'
    found = lines(specs, seen, "mutualis_tenant_quota_objects{")
    assert f'mutualis_tenant_quota_objects{{resource="ports",{alpha}}} 30.0' in found
    assert f'mutualis_tenant_quota_objects{{resource="routers",{alpha}}} +Inf' in found
    assert not [one for one in found if alpha in one and "subnets" in one], "not known: no sample"
    assert f'mutualis_tenant_allocated_objects{{resource="ports",{alpha}}} 7.0' in lines(
        specs, seen, "mutualis_tenant_allocated_objects{"
    )
    assert f'mutualis_tenant_declared_objects{{resource="ports",{alpha}}} 0.0' in lines(
        specs, seen, "mutualis_tenant_declared_objects{"
    )
    assert lines(specs, seen, "mutualis_tenant_quota_timestamp_seconds{") == [
        f'mutualis_tenant_quota_timestamp_seconds{{part="network_quota",{alpha}}} 900.0'
    ]


def test_networks_of_one_name_are_one_series(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Neutron's names are not unique; two samples with the same labels would be none for Prometheus."""
    twice = replace(snapshot, addresses=(AddressUse(network="ext", total=10, used=4),) * 2)
    assert lines(specs, twice, "mutualis_network_addresses{") == ['mutualis_network_addresses{network="ext"} 20.0']
