"""What the page tells of headroom, promises, ends and records; unknown is absent, kept is 0."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import pytest
from pages import Series, named, series, value

from orchestrator.adapters.exporter_prometheus.page import render
from orchestrator.adapters.exporter_prometheus.reading import reading
from orchestrator.model.catalogue import Flavor, Image
from orchestrator.model.certification import Certification
from orchestrator.model.outcome import Outcome, RunReport, Status
from orchestrator.model.plan import LedgerEntry
from orchestrator.model.records import Pending, Records
from orchestrator.model.region import Reserve
from orchestrator.model.site import Certificate, Energy, Site, StoragePool
from orchestrator.model.snapshot import Hypervisor, InventorySnapshot, ResourceInventory
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Guarantee, Server, TenantState

GIB = 2**30
MIB = 2**20
DAY = 86400.0


@pytest.fixture
def specs(specs: Specs) -> Specs:
    """A flavor of 512 MiB; a site north with certificates and 50 GiB of ssd; one host is kept back."""
    flavor = Flavor(name="nano", vcpus=1, memory_mib=512, disk_gib=0)
    image = Image(name="debian", file="f", sha256="", disk_format="raw", support_end=dt.date(1970, 1, 9))
    site = Site(
        name="north",
        display_name="",
        country="FR",
        address="",
        certificates=(),
        racks=(),
        storage=(StoragePool(backend="ssd", capacity_gib=50),),
        energy=Energy(pue=1, carbon_g_per_kwh=1, price_per_kwh=1),
    )
    return replace(
        specs,
        region=replace(specs.region, reserve=Reserve(hosts=1)),
        sites={"north": site},
        catalogue=replace(specs.catalogue, flavors={"nano": flavor}, images={"debian": image}),
    )


@pytest.fixture
def snapshot(snapshot: InventorySnapshot) -> InventorySnapshot:
    """A second host a2, empty, with the same vcpus and half of the memory that a1 may hand out."""
    amounts = {
        "VCPU": ResourceInventory(total=8, reserved=0, ratio=4.0, used=0),
        "MEMORY_MB": ResourceInventory(total=1536, reserved=0, ratio=1.0, used=0),
    }
    other = Hypervisor(name="a2", zone="north", aggregate="general", enabled=True, inventories=amounts)
    return replace(snapshot, hypervisors=(*snapshot.hypervisors, other))


def found(specs: Specs, snapshot: InventorySnapshot, records: Records | None = None) -> Series:
    return series(render(reading(specs, snapshot, records=records)).plain)


def test_headroom_now_and_after_losses(specs: Specs, snapshot: InventorySnapshot) -> None:
    """a1 has 2560 MiB free, a2 1536; with a1 its 512 MiB go to a2 and 1024 stay. One site: no other to fall back on."""
    page = found(specs, snapshot)
    place = {"site": "north", "aggregate": "general"}
    memory = {**place, "resource": "memory"}
    assert value(page, "mutualis_capacity_free_bytes", lost="none", **memory) == 4096 * MIB
    assert value(page, "mutualis_capacity_free_bytes", lost="host", **memory) == 1024 * MIB
    assert value(page, "mutualis_capacity_free_vcpus", lost="host", resource="vcpus", **place) == 30
    assert named(page, "mutualis_flavor_free_slots") == {
        ("general", "nano", "none", "north"): 8,
        ("general", "nano", "host", "north"): 2,
    }
    assert named(page, "mutualis_capacity_stranded_servers") == {("host", "north"): 0}


def test_what_an_empty_region_has_is_no_figure(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Before Placement was read nobody knows what is taken."""
    health = tuple(replace(one, last_success=0) if one.part == "placement" else one for one in snapshot.health)
    page = found(specs, replace(snapshot, health=health))
    assert not named(page, "mutualis_flavor_free_slots")
    assert not named(page, "mutualis_capacity_free_bytes")


def test_reserve_and_use(specs: Specs, snapshot: InventorySnapshot) -> None:
    """a1 is kept back; 5 of the pool's 100 GiB are written; of 4 addresses in use 1 is a floating IP."""
    page = found(specs, snapshot)
    place = {"site": "north", "aggregate": "general", "resource": "memory"}
    assert value(page, "mutualis_capacity_reserve_bytes", **place) == 3072 * MIB
    assert value(page, "mutualis_capacity_allocatable_bytes", **place) == 1536 * MIB
    storage = {"site": "north", "resource": "storage", "tier": "fast"}
    assert value(page, "mutualis_capacity_used_bytes", **storage) == 5 * GIB
    assert value(page, "mutualis_pool_used_bytes", pool="ssd") == 5 * GIB
    assert value(page, "mutualis_capacity_used_addresses", resource="floating_ips") == 4
    assert value(page, "mutualis_capacity_allocated_addresses", resource="floating_ips") == 1


def test_promises_as_ratios_and_as_what_is_missing(specs: Specs, snapshot: InventorySnapshot) -> None:
    """40 vcpus of quota and 6 guaranteed on 32; 8 are missing for the first promise, none for the second."""
    page = found(specs, snapshot)
    vcpus = {"site": "north", "resource": "vcpus"}
    assert value(page, "mutualis_capacity_promise_ratio", **vcpus) == 40 / 32
    assert value(page, "mutualis_capacity_guarantee_ratio", **vcpus) == 6 / 32
    assert value(page, "mutualis_capacity_promise_ratio", site="north", resource="storage", tier="fast") == 14 / 100
    assert value(page, "mutualis_promise_missing_vcpus", promise="declared", **vcpus) == 8
    assert value(page, "mutualis_promise_missing_vcpus", promise="guaranteed", **vcpus) == 0
    off = replace(snapshot, hypervisors=tuple(replace(one, enabled=False) for one in snapshot.hypervisors))
    assert value(found(specs, off), "mutualis_capacity_promise_ratio", **vcpus) == math.inf


def test_a_promise_that_cannot_be_kept_in_the_cloud_is_told(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Alpha's server needs a1: it fits, and does not outlive a1; without a1 nothing fits."""
    big = Flavor(name="big", vcpus=1, memory_mib=2048, disk_gib=0)
    server = Server(name="s", display_name="s", project="alpha", flavor="big", image="debian", networks=())
    share = Guarantee(vcpus=1, memory_mib=2048)
    alpha = replace(specs.tenants["alpha"], guarantee=share, servers=(server,))
    beta = replace(specs.tenants["beta"], guarantee=Guarantee())
    catalogue = replace(specs.catalogue, flavors={"big": big})
    free = replace(specs.region, reserve=Reserve(hosts=1))
    own = replace(specs, region=free, catalogue=catalogue, tenants={"alpha": alpha, "beta": beta})
    third = replace(snapshot.hypervisors[1], name="a3")
    three = replace(snapshot, hypervisors=(*snapshot.hypervisors, third))
    after = named(found(own, three), "mutualis_promise_unplaced_tenants")
    assert after == {("none", "north"): 0, ("host", "north"): 1, ("site", "north"): 0}
    page = found(own, replace(snapshot, hypervisors=(third,)))
    assert value(page, "mutualis_promise_unplaced_tenants", site="north", lost="none") == 1
    memory = {"site": "north", "resource": "memory", "promise": "guaranteed"}
    assert value(page, "mutualis_promise_missing_bytes", **memory) == 2048 * MIB


def test_images_and_certificates_tell_their_end(specs: Specs, snapshot: InventorySnapshot) -> None:
    """The first moment after the last day. A renewal counts; of several parts of a site the first that ends."""

    def certificate(day: int, *aggregates: str) -> Certificate:
        return Certificate(certification=Certification.HDS, expires=dt.date(1970, 1, day), aggregates=aggregates)

    north = replace(specs.sites["north"], certificates=(certificate(5), certificate(20), certificate(15, "general")))
    server = Server(name="s", display_name="s", project="alpha", flavor="nano", image="debian", networks=())
    own = {name: replace(one, servers=(server,)) for name, one in specs.tenants.items()}
    own["beta"] = replace(own["beta"], state=TenantState.RETIRED)
    page = found(replace(specs, sites={"north": north}, tenants=own), snapshot)
    assert named(page, "mutualis_certification_end_timestamp_seconds") == {("HDS", "north"): 15 * DAY}
    assert value(page, "mutualis_image_support_end_timestamp_seconds", image="debian") == 9 * DAY
    assert value(page, "mutualis_image_servers", image="debian") == 1
    assert named(page, "mutualis_web_certificate_end_timestamp_seconds") == {}
    behind_tls = series(render(reading(specs, snapshot, certificate_end=7.5)).plain)
    assert value(behind_tls, "mutualis_web_certificate_end_timestamp_seconds") == 7.5


def entry(
    step: str, digest: str = "d", applied_at: str = "1970-01-01T00:01:00+00:00", problem: str = ""
) -> LedgerEntry:
    return LedgerEntry(step=step, digest=digest, applied_at=applied_at, resources=1, outputs={}, problem=problem)


RUN = RunReport(
    run="r",
    region="region",
    plan_digest="",
    started_at="1970-01-01T00:02:00+00:00",
    finished_at="1970-01-01T00:03:00+00:00",
    outcomes=(
        Outcome(step="region", status=Status.DONE, seconds=1),
        Outcome(step="tenant/alpha", status=Status.DONE, seconds=1),
        Outcome(step="tenant/beta", status=Status.FAILED, seconds=1),
    ),
    untaken=0,
    planned_at="1970-01-01T00:00:30+00:00",
)


def test_records_tell_what_was_applied_and_what_is_pending(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Good applies by step; the last run by outcome, every one named; pending steps by reason."""
    entries = (entry("region"), entry("tenant/alpha"), entry("tenant/beta", digest=""), entry("tenant/c", problem="x"))
    pending = {**dict.fromkeys(Pending, 0), Pending.UNFINISHED: 1}
    records = Records(ledger={one.step: one for one in entries}, run=RUN, pending=pending)
    page = found(specs, snapshot, records)
    assert named(page, "mutualis_step_applied_timestamp_seconds") == {("region",): 60, ("tenant/alpha", "alpha"): 60}
    assert value(page, "mutualis_apply_timestamp_seconds") == 180
    assert value(page, "mutualis_plan_timestamp_seconds") == 30
    assert named(page, "mutualis_apply_steps") == {
        ("done",): 2,
        ("failed",): 1,
        ("unreachable",): 0,
        ("skipped",): 0,
        ("waiting",): 0,
    }
    assert named(page, "mutualis_plan_pending_steps") == {(reason.value,): number for reason, number in pending.items()}


def test_a_run_that_goes_on_or_was_killed_has_no_end(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Its steps are told; nor has an older report a time of its plan."""
    run = replace(RUN, finished_at="", planned_at="")
    page = found(specs, snapshot, Records(ledger={}, run=run, pending={}))
    assert named(page, "mutualis_apply_timestamp_seconds") == named(page, "mutualis_plan_timestamp_seconds") == {}
    assert value(page, "mutualis_apply_steps", outcome="done") == 2


def test_without_records_there_is_no_sample_of_them(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Not known is not 0."""
    for records in (None, Records(ledger={}, run=None, pending={})):
        names = {name for name, _ in found(specs, snapshot, records)}
        assert not [name for name in names if name.startswith(("mutualis_apply", "mutualis_plan", "mutualis_step"))]


def test_a_tier_that_a_tenant_has_nothing_of_is_left_out(specs: Specs, snapshot: InventorySnapshot) -> None:
    """Alpha has 7 GiB of fast and nothing of slow; what it uses without a quota is told."""
    tiers = {**specs.catalogue.tiers, "slow": replace(specs.catalogue.tiers["fast"], name="slow")}
    own = replace(specs, catalogue=replace(specs.catalogue, tiers=tiers))
    assert not [one for one in named(found(own, snapshot), "mutualis_tenant_declared_bytes") if "slow" in one]
    volumes = (*snapshot.volumes, replace(snapshot.volumes[0], tier="slow"))
    page = found(own, replace(snapshot, volumes=volumes))
    slow = {"tenant": "alpha", "resource": "storage", "tier": "slow"}
    assert value(page, "mutualis_tenant_allocated_bytes", **slow) == 5 * GIB
    assert value(page, "mutualis_tenant_declared_bytes", **slow) == 0
