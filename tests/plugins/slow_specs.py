"""What a region's YAML promises, read as a person reads it: without the product's model, schema or defaults."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

GIB = 2**30
Want = tuple[str, str]  # resource, tier


@dataclass(frozen=True, kw_only=True)
class SlowTenant:
    """`declared`, `guaranteed`: (resource, tier) -> base units; of a retired one nothing is left."""

    name: str
    site: str
    state: str
    declared: dict[Want, int]
    guaranteed: dict[Want, int]
    objects: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class SlowSpecs:
    """`tiers`: tier -> back end; `storage`: (site, back end) -> bytes; the rest as the YAML has it."""

    region: dict[str, Any]
    sites: dict[str, Any]
    hosts: dict[str, Any]
    catalogue: dict[str, Any]
    waivers: dict[str, Any]
    tenants: dict[str, SlowTenant]
    tenant_specs: dict[str, Any]
    tiers: dict[str, str]
    storage: dict[tuple[str, str], int]


def read_slowly(folder: Path) -> SlowSpecs:
    documents = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.yaml"))]
    kinds: dict[str, dict[str, Any]] = {
        kind: {one["metadata"]["name"]: one["spec"] for one in documents if one["kind"] == kind}
        for kind in ("Region", "Site", "Host", "Catalogue", "Tenant", "Waiver")
    }
    (catalogue,) = kinds["Catalogue"].values()
    (region,) = kinds["Region"].values()
    return SlowSpecs(
        region=region,
        sites=kinds["Site"],
        hosts=kinds["Host"],
        catalogue=catalogue,
        waivers=kinds["Waiver"],
        tenants={name: _tenant(name, spec, catalogue) for name, spec in kinds["Tenant"].items()},
        tenant_specs=kinds["Tenant"],
        tiers={one["name"]: one["backend"] for one in catalogue["tiers"]},
        storage={
            (name, pool["backend"]): pool["capacityGiB"] * GIB
            for name, site in kinds["Site"].items()
            for pool in site.get("storage", [])
        },
    )


def _tenant(name: str, spec: Mapping[str, Any], catalogue: Mapping[str, Any]) -> SlowTenant:
    tiers = [one["name"] for one in catalogue["tiers"]]
    retired = spec.get("state") == "retired"
    quota = {} if retired else _quota(spec["quota"], catalogue)
    share = {} if retired else spec.get("guarantee", {})
    by_tier: Mapping[str, Any] = share.get("storageGiB", {})
    return SlowTenant(
        name=name,
        site=spec["site"],
        state=spec.get("state", "active"),
        declared={
            ("vcpus", ""): _whole(quota.get("vcpus", 0)),
            ("memory", ""): _whole(quota.get("memoryGiB", 0) * GIB),
            ("servers", ""): _whole(quota.get("servers", 0)),
            ("floating_ips", ""): _whole(quota.get("floatingIPs", 0)),
            **{("storage", tier): _whole(quota.get(f"storage {tier}", 0) * GIB) for tier in tiers},
        },
        guaranteed={
            ("vcpus", ""): share.get("vcpus", 0),
            ("memory", ""): _whole(Fraction(str(share.get("memoryGiB", 0))) * GIB),
            **{("storage", tier): by_tier.get(tier, 0) * GIB for tier in tiers},
        },
        objects={
            ours: _whole(quota.get(written, 0))
            for ours, written in (
                ("networks", "networks"), ("subnets", "subnets"), ("routers", "routers"), ("ports", "ports"),
                ("security_groups", "securityGroups"),
            )
        },
    )  # fmt: skip


def _quota(asked: Mapping[str, Any], catalogue: Mapping[str, Any]) -> dict[str, Fraction]:
    """The size's values times the tenant's multiplier, rounded down, then what it overrides."""
    times = Fraction(str(asked.get("multiplier", 1)))
    scaled = {name: Fraction(math.floor(value * times)) for name, value in _size(asked["size"], catalogue).items()}
    return scaled | _flat(asked.get("overrides", {}))


def _size(name: str, catalogue: Mapping[str, Any]) -> dict[str, Fraction]:
    """Its parent's values times its multiplier, then its own over them."""
    (size,) = [one for one in catalogue["quotaSizes"] if one["name"] == name]
    inherited = _size(size["parent"], catalogue) if "parent" in size else {}
    times = Fraction(str(size.get("multiplier", 1)))
    return {key: value * times for key, value in inherited.items()} | _flat(size.get("values", {}))


def _flat(values: Mapping[str, Any]) -> dict[str, Fraction]:
    by_tier = values.get("storageGiBByTier", {})
    plain = {name: Fraction(str(value)) for name, value in values.items() if name != "storageGiBByTier"}
    return plain | {f"storage {tier}": Fraction(value) for tier, value in by_tier.items()}


def _whole(value: Fraction | int) -> int:
    return math.floor(value)
