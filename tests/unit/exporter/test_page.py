"""What stands in a rendered page."""

from __future__ import annotations

import datetime as dt
import gzip
import math
import re
from dataclasses import replace

import pytest
from pages import series, value
from prometheus_client.parser import text_string_to_metric_families

from orchestrator.adapters.exporter_prometheus.page import render
from orchestrator.adapters.exporter_prometheus.reading import reading
from orchestrator.adapters.exporter_prometheus.rendering import Page
from orchestrator.model.snapshot import COMPUTE_QUOTA, VOLUME_QUOTA, InventorySnapshot, ProjectQuota, SubnetUse
from orchestrator.model.specs import Specs, Waiver

GIB = 2**30
MIB = 2**20
FORBIDDEN = {"region", "zone", "type", "service", "customer", "cluster", "owner", "environment"}
UNITS = (
    "vcpus",
    "bytes",
    "servers",
    "addresses",
    "objects",
    "rules",
    "seconds",
    "up",
    "calls",
    "seen",
    "tenants",
    "documents",
    "answers",
    "ratio",
    "slots",
    "steps",
)


def page(specs: Specs, snapshot: InventorySnapshot) -> Page:
    return render(reading(specs, snapshot))


def test_the_figures_stand_in_it_in_base_units(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Each by hand from conftest.py: (4096 - 1024) MiB of memory, 8 x 4 vcpus, two quotas of 20 vcpus."""
    found = series(page(specs, snapshot).plain)
    place = {"site": "north", "aggregate": "general"}
    assert value(found, "mutualis_capacity_physical_vcpus", resource="vcpus", **place) == 8
    assert value(found, "mutualis_capacity_allocatable_vcpus", resource="vcpus", **place) == 32
    assert value(found, "mutualis_capacity_allocated_vcpus", resource="vcpus", **place) == 2
    assert value(found, "mutualis_capacity_allocatable_bytes", resource="memory", **place) == 3072 * MIB
    assert value(found, "mutualis_capacity_declared_vcpus", resource="vcpus", site="north") == 40
    assert value(found, "mutualis_capacity_guaranteed_vcpus", resource="vcpus", site="north") == 6
    assert value(found, "mutualis_capacity_allocated_servers", resource="servers", **place) == 1
    storage = {"site": "north", "resource": "storage", "tier": "fast"}
    assert value(found, "mutualis_capacity_declared_bytes", **storage) == 14 * GIB
    assert value(found, "mutualis_capacity_allocated_bytes", **storage) == 5 * GIB


def test_waivers_are_counted_by_rule_and_tell_their_end(specs: Specs, snapshot: InventorySnapshot) -> None:
    """On the day of the snapshot, 1970-01-01: one ended the day before, one counts for its last day."""
    ends = {"old": dt.date(1969, 12, 31), "last-day": dt.date(1970, 1, 1)}
    given = {name: waiver(name, expires) for name, expires in ends.items()}
    found = series(page(replace(specs, waivers=given), snapshot).plain)
    assert value(found, "mutualis_waiver_documents", rule="POL004", state="expired") == 1
    assert value(found, "mutualis_waiver_documents", rule="POL004", state="active") == 1
    assert value(found, "mutualis_waiver_end_timestamp_seconds", rule="POL004", waiver="old") == 0
    assert value(found, "mutualis_waiver_end_timestamp_seconds", rule="POL004", waiver="last-day") == 86400


def waiver(name: str, expires: dt.date) -> Waiver:
    return Waiver(
        name=name, rule="POL004", object_kind="Tenant", object_name="a", reason="r", approved_by="b", expires=expires
    )


def test_each_tenant_has_its_quota_and_its_use(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Alpha has a server, beta has none: 0, not nothing."""
    found = series(page(specs, snapshot).plain)
    vcpus = {"resource": "vcpus"}
    assert value(found, "mutualis_tenant_declared_vcpus", tenant="alpha", **vcpus) == 20
    assert value(found, "mutualis_tenant_allocated_vcpus", tenant="alpha", **vcpus) == 2
    assert value(found, "mutualis_tenant_allocated_vcpus", tenant="beta", **vcpus) == 0
    assert value(found, "mutualis_tenant_allocated_bytes", tenant="alpha", resource="storage", tier="fast") == 5 * GIB
    assert value(found, "mutualis_tenants", state="active") == 2
    assert value(found, "mutualis_tenants", state="retired") == 0


def test_the_quota_in_the_api_stands_beside_the_declared_one(specs: Specs, snapshot: InventorySnapshot) -> None:
    """20 vcpus declared, 16 in the API; no limit is +Inf; beta has no project yet; what is not known has no sample."""
    given = (
        ProjectQuota(part=COMPUTE_QUOTA, project_id="p1", limits={"vcpus": 16, "memoryMiB": 512, "servers": -1}),
        ProjectQuota(part=VOLUME_QUOTA, project_id="p1", limits={"storageGiB:fast": 3}),
    )
    found = series(page(specs, replace(snapshot, quotas=given)).plain)
    alpha = {"tenant": "alpha"}
    assert value(found, "mutualis_tenant_declared_vcpus", resource="vcpus", **alpha) == 20
    assert value(found, "mutualis_tenant_quota_vcpus", resource="vcpus", **alpha) == 16
    assert value(found, "mutualis_tenant_quota_vcpus", resource="vcpus", tenant="beta") == 0
    assert value(found, "mutualis_tenant_quota_bytes", resource="memory", **alpha) == 512 * MIB
    assert value(found, "mutualis_tenant_quota_bytes", resource="storage", tier="fast", **alpha) == 3 * GIB
    assert value(found, "mutualis_tenant_quota_servers", resource="servers", **alpha) == math.inf
    assert value(found, "mutualis_capacity_quota_vcpus", resource="vcpus", site="north") == 16
    assert ("mutualis_tenant_quota_addresses", frozenset({"resource": "floating_ips", **alpha}.items())) not in found


def test_each_part_says_what_was_answered_and_how_complete_it_is(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Calls by status; the share of projects whose values are known."""
    one, *others = snapshot.health
    part = replace(one, statuses={"200": 3, "503": 1, "none": 2}, completeness=0.5)
    found = series(page(specs, replace(snapshot, health=(part, *others))).plain)
    counted = {
        status: value(found, "mutualis_collector_api_answers", part=one.part, status=status) for status in part.statuses
    }
    assert counted == part.statuses
    assert value(found, "mutualis_collector_completeness_ratio", part=one.part) == 0.5
    assert value(found, "mutualis_collector_completeness_ratio", part=others[0].part) == 1


def test_networks_pools_and_health_stand_in_it(specs: Specs, snapshot: InventorySnapshot) -> None:
    """What the inventory says of itself."""
    found = series(page(specs, snapshot).plain)
    assert value(found, "mutualis_network_addresses", network="ext") == 10
    assert value(found, "mutualis_network_used_addresses", network="ext") == 4
    assert value(found, "mutualis_pool_physical_bytes", pool="ssd") == 100 * GIB
    assert value(found, "mutualis_collector_up", part="volume") == 1
    assert value(found, "mutualis_collector_last_success_timestamp_seconds", part="volume") == 999
    assert value(found, "mutualis_collector_duration_seconds", part="volume") == 0.25
    assert value(found, "mutualis_collector_api_calls", part="volume") == 2
    assert value(found, "mutualis_collection_timestamp_seconds") == 1000


def test_subnets_of_the_same_name_add_up(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Two projects of nobody may each have their 10.0.0.0/24; a member's stands alone."""
    given = [("p1", "10.0.0.0/24", 3), ("x1", "10.0.0.0/24", 4), ("x2", "10.0.0.0/24", 5)]
    subnets = tuple(SubnetUse(project_id=one, network="n", cidr=cidr, total=10, used=used) for one, cidr, used in given)
    found = series(page(specs, replace(snapshot, subnets=subnets)).plain)
    place = {"network": "n", "cidr": "10.0.0.0/24"}
    assert value(found, "mutualis_subnet_addresses", tenant="alpha", **place) == 10
    assert value(found, "mutualis_subnet_used_addresses", tenant="alpha", **place) == 3
    assert value(found, "mutualis_subnet_addresses", **place) == 20
    assert value(found, "mutualis_subnet_used_addresses", **place) == 9


def test_a_vanished_tenants_series_vanish(specs: Specs, snapshot: InventorySnapshot) -> None:
    """A page knows nothing of the page before it."""
    assert b'tenant="beta"' in page(specs, snapshot).plain
    without = replace(specs, tenants={"alpha": specs.tenants["alpha"]})
    assert b'tenant="beta"' not in page(without, snapshot).plain


def test_what_was_never_read_gives_no_series(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Unknown is absent, not 0; the collector says why."""
    health = tuple(replace(one, up=False, last_success=0, error="x") for one in snapshot.health)
    found = series(page(specs, replace(snapshot, health=health)).plain)
    names = {name for name, _ in found}
    assert not any("allocated" in name for name in names - {"mutualis_pool_allocated_bytes"})
    assert "mutualis_collector_last_success_timestamp_seconds" not in names
    assert value(found, "mutualis_collector_up", part="volume") == 0


def test_names_and_labels_follow_the_rules(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Our prefix, a unit at the end, help for every family, no reserved suffix, no label that Prometheus relabels."""
    for family in text_string_to_metric_families(page(specs, snapshot).plain.decode()):
        assert re.fullmatch(r"mutualis_[a-z_]+", family.name)
        assert family.name.endswith(UNITS), family.name
        assert not family.name.endswith(("_total", "_count", "_sum", "_bucket"))
        assert family.documentation.endswith(".")
        assert not FORBIDDEN & {label for sample in family.samples for label in sample.labels}


def test_the_compressed_page_is_the_same_page(specs: Specs, snapshot: InventorySnapshot) -> None:
    """And smaller."""
    rendered = page(specs, snapshot)
    assert gzip.decompress(rendered.compressed) == rendered.plain
    assert len(rendered.compressed) < len(rendered.plain) / 2


def test_the_same_snapshot_gives_the_same_bytes(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Nothing of the moment or of hashing gets in."""
    assert page(specs, snapshot) == page(specs, snapshot)


def test_a_hostile_name_is_escaped(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Names of projects and networks come from others."""
    nasty = 'a"b\\c\nd'
    addresses = (replace(snapshot.addresses[0], network=nasty),)
    found = series(page(specs, replace(snapshot, addresses=addresses)).plain)
    assert value(found, "mutualis_network_addresses", network=nasty) == 10


@pytest.mark.parametrize("up", [True, False])
def test_whether_the_specs_can_be_read_is_said(specs: Specs, snapshot: InventorySnapshot, *, up: bool) -> None:
    """1 or 0."""
    rendered = render(reading(specs, snapshot, specs_up=up))
    assert value(series(rendered.plain), "mutualis_specs_up") == up
