"""A region's figures with everything that can be odd about them: full, oversold, unknown, unlimited, hostile names."""

from __future__ import annotations

from dataclasses import replace

from small_region import region, site, specs, tenant

from orchestrator.model.capacity import CapacityLine, RegionCapacity, Resource, Source, TenantLine
from orchestrator.model.fit import Domain, Hole, Judgement, Misfit, Promise, Shortfall, Unplaced
from orchestrator.model.headroom import FreeLine, Headroom, Lost, SlotLine, Stranded
from orchestrator.model.region import FailureDomain
from orchestrator.model.snapshot import PartHealth
from orchestrator.reporting.capacity.view import CapacityView

GIB = 2**30
MOMENT = 1_780_315_200.0  # 2026-06-01 12:00 UTC
HOSTILE = "<script>alert(\"x\")</script> & 'co' \x1b[2J\x00\u202e"

LINES = (
    CapacityLine(
        site="", resource=Resource.FLOATING_IPS, physical=10, allocatable=10, declared=12, quota=6, allocated=1
    ),
    CapacityLine(
        site="north", resource=Resource.VCPUS, physical=80, allocatable=200, guaranteed=40, declared=180, allocated=300
    ),
    CapacityLine(
        site="north",
        resource=Resource.MEMORY,
        physical=1536 * GIB,
        allocatable=1000 * GIB,
        guaranteed=100 * GIB,
        declared=900 * GIB,
        quota=-1,
        allocated=500 * GIB,
    ),
    CapacityLine(site="north", resource=Resource.STORAGE, tier="fast", pool="ssd", allocatable=0, allocated=5 * GIB),
    CapacityLine(site="north", resource=Resource.SERVERS, declared=9, allocated=4),
)
TENANTS = (
    TenantLine(tenant="", resource=Resource.VCPUS, allocated=2),
    TenantLine(tenant="alpha", resource=Resource.VCPUS, declared=8, quota=8, guaranteed=2, allocated=4),
    TenantLine(tenant="alpha", resource=Resource.MEMORY, quota=GIB),
    TenantLine(tenant="alpha", resource=Resource.SERVERS, declared=4, quota=-1, allocated=1),
    TenantLine(tenant="alpha", resource=Resource.DISK, declared=0, guaranteed=0, allocated=0),
    TenantLine(tenant="beta", resource=Resource.VCPUS, declared=777, quota=777, guaranteed=77, allocated=70),
)
PARTS = (
    PartHealth(
        part="identity",
        notice="a list was cut",
        up=True,
        last_success=MOMENT - 1,
        seconds=0.1,
        calls=3,
        statuses={"200": 3},
    ),
    PartHealth(part="volume", up=False, last_success=MOMENT - 60, seconds=30, calls=1, error=f"no answer {HOSTILE}"),
    PartHealth(part="network", up=False, last_success=0, seconds=30, calls=1, error="refused"),
    PartHealth(part="volume_quota", up=True, last_success=MOMENT, seconds=1, calls=9, completeness=0.25),
)
ROOM = Headroom(
    free=tuple(
        FreeLine(site="north", aggregate="general", resource=Resource.MEMORY, lost=lost, amount=amount * GIB)
        for lost, amount in ((Lost.NONE, 465), (Lost.HOST, 120), (Lost.RACK, -35))
    ),
    slots=tuple(
        SlotLine(site="north", aggregate="general", flavor=flavor, lost=lost, servers=servers // size)
        for flavor, size in (("small", 1), ("large", 8))
        for lost, servers in ((Lost.NONE, 1230), (Lost.HOST, 60), (Lost.RACK, 0))
    ),
    stranded=(
        Stranded(site="north", lost=Lost.HOST, servers=0, domain="north-2"),
        Stranded(site="north", lost=Lost.RACK, servers=3, domain="north/a1"),
    ),
)
RATIOS = {
    Promise.DECLARED: {
        ("", Resource.FLOATING_IPS, ""): 1.2,
        ("north", Resource.VCPUS, ""): 0.9,
        ("north", Resource.MEMORY, ""): 0.9,
        ("north", Resource.STORAGE, "fast"): float("inf"),
    },
    Promise.GUARANTEED: {("north", Resource.VCPUS, ""): 0.2},
}
FRESH = tuple(replace(part, up=True, last_success=MOMENT, error="", notice="", completeness=1.0) for part in PARTS)
SHORT = Shortfall(
    promise=Promise.GUARANTEED,
    site="north",
    resource=Resource.MEMORY,
    pool="",
    tiers=(),
    wanted=700 * GIB,
    available=171 * GIB,
    tenants=(("beta", 690 * GIB), ("alpha", 10 * GIB)),
)
MISFIT = Misfit(
    site="north",
    loss=Domain(kind=FailureDomain.HOST, name="north-2", site="north", hosts=frozenset({"north-2"})),
    unplaced=(Unplaced(tenant="alpha", servers=("db-1",), count=1, each={Resource.MEMORY: 160 * GIB}),),
    missing={Resource.VCPUS: 8, Resource.MEMORY: 160 * GIB},
    hole=Hole(host="north-1", free={Resource.VCPUS: 3, Resource.MEMORY: 120 * GIB}),
    also=1,
)


def sample_view(
    parts: tuple[PartHealth, ...] = FRESH, judged: Judgement | None = None, *, hostile: bool = False
) -> CapacityView:
    """`hostile`: what people may write freely, written by somebody who means harm."""
    written = specs(tenant("alpha"), tenant("beta"), operator=region().operator)
    if hostile:
        members = {
            name: replace(one, display_name=HOSTILE, member=replace(one.member, name=HOSTILE))
            for name, one in written.tenants.items()
        }
        sites = {"north": replace(site("north"), display_name=HOSTILE, address=HOSTILE)}
        operator = replace(written.region.operator, name=HOSTILE)
        written = replace(written, tenants=members, sites=sites, region=replace(written.region, operator=operator))
    return CapacityView(
        specs=written,
        capacity=RegionCapacity(
            region="loire",
            supply=Source.CLOUD,
            sites=LINES,
            aggregates=(replace(LINES[1], aggregate="general"),),
            tenants=TENANTS,
            states={"active": 2},
        ),
        judged=judged or Judgement(),
        ratios=RATIOS,
        headroom=ROOM,
        taken_at=MOMENT,
        parts=parts,
    )
