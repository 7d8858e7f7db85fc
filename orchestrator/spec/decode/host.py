"""The Host spec to the model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv4Interface

from orchestrator.model.interface import Bond, Interface, InterfaceUse, Vlan
from orchestrator.model.site import Disk, HardeningLevel, Host, HostRole, Nic, Power, Purchase, Site
from orchestrator.spec.decode.values import Raw


def host(name: str, spec: Raw, *, region: str, sites: Mapping[str, Site]) -> Host:
    """Decode a Host. `region`: who owns a host that names no owner; `sites`: have the racks with their feeds."""
    feeds = {rack.name: rack.feeds for rack in sites[spec["site"]].racks}
    return Host(
        name=name,
        site=spec["site"],
        rack=spec["rack"],
        unit=spec["unit"],
        height_units=spec.get("heightUnits", 1),
        owner=spec.get("owner", region),
        roles=tuple(HostRole(role) for role in spec["roles"]),
        threads=spec["cpu"]["threads"],
        memory_gib=spec["memory"]["totalGiB"],
        reserved_memory_gib=spec["memory"].get("reservedGiB", 0),
        disks=tuple(_disk(raw) for raw in spec["disks"]),
        nics=tuple(Nic(name=raw["name"], mac=raw["mac"], speed_gbps=raw["speedGbps"]) for raw in spec["nics"]),
        bmc_address=spec["bmcAddress"],
        os=spec["os"],
        hardening=HardeningLevel(spec.get("hardening", HardeningLevel.INTERMEDIARY)),
        purchase=_purchase(spec["purchase"]),
        power=Power(idle_watts=spec["power"]["idleWatts"], max_watts=spec["power"]["maxWatts"]),
        aggregate=spec.get("aggregate", "general"),
        feeds=tuple(spec.get("feeds", feeds[spec["rack"]])),
        maintenance=spec.get("maintenance", False),
        embodied_kgco2e=float(spec["embodiedKgCO2e"]) if "embodiedKgCO2e" in spec else None,
        interfaces=tuple(_interface(raw) for raw in spec.get("interfaces", ())),
    )


def _disk(raw: Raw) -> Disk:
    return Disk(device=raw["device"], size_gib=raw["sizeGiB"], kind=raw["kind"], backend=raw.get("backend", ""))


def _interface(raw: Raw) -> Interface:
    bond, vlan = raw.get("bond"), raw.get("vlan")
    return Interface(
        name=raw["name"],
        bond=Bond(members=tuple(bond["members"]), mode=bond.get("mode", "802.3ad")) if bond else None,
        vlan=Vlan(**vlan) if vlan else None,
        mtu=raw.get("mtu"),
        addresses=tuple(IPv4Interface(one) for one in raw.get("addresses", ())),
        gateway=IPv4Address(raw["gateway"]) if "gateway" in raw else None,
        uses=tuple(InterfaceUse(use) for use in raw.get("uses", ())),
        physical_network=raw.get("physicalNetwork", ""),
    )


def _purchase(raw: Raw) -> Purchase:
    return Purchase(
        date=dt.date.fromisoformat(raw["date"]),
        price=float(raw["price"]),
        amortisation_years=raw["amortisationYears"],
        refurbished=raw.get("refurbished", False),
    )
