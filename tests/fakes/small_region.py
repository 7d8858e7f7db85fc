"""A region small enough to be read at a glance: one site, one flavor, tenants as a test names them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from ipaddress import IPv4Network
from typing import Any

from orchestrator.model.catalogue import Catalogue, Flavor, Image, QuotaSize, VolumeTier
from orchestrator.model.region import Deletion, ExternalNetwork, Operator, Region
from orchestrator.model.sensitivity import Sensitivity
from orchestrator.model.site import Energy, Site
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Agreement, Contacts, Member, Network, QuotaRequest, Server, Tenant

DAY = dt.date(2026, 3, 2)
FLAVOR = Flavor(name="small", vcpus=1, memory_mib=2048, disk_gib=10)


def specs(*tenants: Tenant, **of_region: Any) -> Specs:
    return Specs(
        region=region(**of_region),
        sites={"north": site("north")},
        hosts={},
        catalogue=catalogue(),
        tenants={one.name: one for one in sorted(tenants, key=lambda one: one.name)},
        waivers={},
    )


def region(**changes: Any) -> Region:
    made = Region(
        name="loire",
        operator=Operator(name="Loire Numérique", siren="130000000"),
        allowed_countries=("FR",),
        external_networks=(external("public", "203.0.113.0/24", 10, 250),),
        cloud="loire",
        deletion=Deletion(budget=100, quarantine_days=30),
    )
    return replace(made, **changes)


def external(name: str, network: str, first: int, last: int) -> ExternalNetwork:
    """`first`, `last`: its addresses that are given out, counted from the network's own; 1 is its gateway."""
    cidr = IPv4Network(network)
    return ExternalNetwork(
        name=name, physical_network="physnet1", cidr=cidr, gateway=cidr[1], first=cidr[first], last=cidr[last]
    )


def site(name: str) -> Site:
    return Site(
        name=name,
        display_name=name.capitalize(),
        country="FR",
        address="1 rue du Port",
        certificates=(),
        racks=(),
        storage=(),
        energy=Energy(pue=1.3, carbon_g_per_kwh=50.0, price_per_kwh=0.2),
    )


def catalogue(*flavors: Flavor) -> Catalogue:
    image = Image(
        name="debian", file="debian.img", sha256="0" * 64, disk_format="qcow2", support_end=dt.date(2030, 1, 1)
    )
    return Catalogue(
        name="catalogue",
        flavors={one.name: one for one in flavors or (FLAVOR,)},
        images={image.name: image},
        tiers={"fast": VolumeTier(name="fast", backend="ssd")},
        quota_sizes={"s": QuotaSize(name="s", values={"vcpus": 8, "memoryMiB": 16384, "servers": 4, "networks": 2})},
        presets={},
    )


def tenant(name: str, **changes: Any) -> Tenant:
    made = Tenant(
        name=name,
        display_name=name.capitalize(),
        member=Member(name=f"Commune de {name}", siren="210000000", kind="commune", population=1000),
        agreement=Agreement(reference="C-1", deliberation="D-1", start=dt.date(2025, 1, 1), notice_months=6),
        contacts=Contacts(technical=f"it@{name}.example"),
        sensitivity=Sensitivity.INTERNAL,
        site="north",
        quota=QuotaRequest(size="s"),
        networks=(Network(name="lan", display_name="lan", project="", cidr=IPv4Network("10.0.0.0/24")),),
    )
    return replace(made, **changes)


def server(name: str) -> Server:
    return Server(name=name, display_name=name, project="", flavor="small", image="debian", networks=())
