"""The Catalogue spec to the model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from orchestrator.model.backup import BackupTarget, BackupTier
from orchestrator.model.catalogue import (
    Catalogue,
    Flavor,
    Image,
    Origin,
    QuotaSize,
    SecurityPreset,
    SecurityRule,
    Tariff,
    VolumeTier,
)
from orchestrator.model.certification import Certification
from orchestrator.model.object_storage import ObjectTier
from orchestrator.spec.decode.values import Raw, by_name, frozen, mib, quota


def catalogue(name: str, spec: Raw) -> Catalogue:
    """Decode a Catalogue."""
    return Catalogue(
        name=name,
        flavors=by_name(tuple(_flavor(raw) for raw in spec.get("flavors", ()))),
        images=by_name(tuple(_image(raw) for raw in spec.get("images", ()))),
        tiers=by_name(tuple(_tier(raw) for raw in spec.get("tiers", ()))),
        quota_sizes=by_name(tuple(_size(raw) for raw in spec["quotaSizes"])),
        presets=by_name(tuple(_preset(raw) for raw in spec.get("presets", ()))),
        tariffs=tuple(sorted((_tariff(raw) for raw in spec.get("tariffs", ())), key=lambda tariff: tariff.valid_from)),
        object_tiers=by_name(tuple(_object_tier(raw) for raw in spec.get("objectTiers", ()))),
        backup_tiers=by_name(tuple(_backup_tier(raw) for raw in spec.get("backupTiers", ()))),
    )


def rule(raw: Raw) -> SecurityRule:
    """Decode a security rule, of a preset or of a tenant's own."""
    first = raw.get("portMin")
    return SecurityRule(
        direction=raw.get("direction", "ingress"),
        protocol=raw.get("protocol"),
        port_min=first,
        port_max=raw.get("portMax", first),
        peer=raw["peer"],
        description=raw.get("description", ""),
    )


def _flavor(raw: Raw) -> Flavor:
    return Flavor(
        name=raw["name"],
        vcpus=raw["vcpus"],
        memory_mib=mib(raw["memoryGiB"]),
        disk_gib=raw["diskGiB"],
        aggregate=raw.get("aggregate", ""),
        extra_specs=frozen(raw.get("extraSpecs", {})),
    )


def _image(raw: Raw) -> Image:
    return Image(
        name=raw["name"],
        file=raw["file"],
        sha256=raw["sha256"],
        disk_format=raw["diskFormat"],
        support_end=dt.date.fromisoformat(raw["supportEnd"]),
        min_disk_gib=raw.get("minDiskGiB", 0),
        min_memory_mib=mib(raw.get("minMemoryGiB", 0)),
        origin=Origin(**raw["origin"]) if "origin" in raw else None,
        properties=frozen(raw.get("properties", {})),
    )


def _tier(raw: Raw) -> VolumeTier:
    return VolumeTier(
        name=raw["name"],
        backend=raw["backend"],
        description=raw.get("description", ""),
        encrypted=raw.get("encrypted", False),
        replicated=raw.get("replicated", False),
        iops=raw.get("iops"),
    )


def _size(raw: Raw) -> QuotaSize:
    return QuotaSize(
        name=raw["name"],
        values=quota(raw.get("values", {})),
        parent=raw.get("parent"),
        multiplier=float(raw.get("multiplier", 1)),
    )


def _preset(raw: Raw) -> SecurityPreset:
    rules = tuple(rule(one) for one in raw["rules"])
    return SecurityPreset(name=raw["name"], rules=rules, description=raw.get("description", ""))


def _tariff(raw: Raw) -> Tariff:
    return Tariff(
        valid_from=dt.date.fromisoformat(raw["validFrom"]),
        per_vcpu=float(raw["perVcpu"]),
        per_memory_gib=float(raw["perMemoryGiB"]),
        per_storage_gib=_prices(raw["perStorageGiB"]),
        per_object_storage_gib=_prices(raw.get("perObjectStorageGiB", {})),
        per_backup_gib=_prices(raw.get("perBackupGiB", {})),
    )


def _prices(raw: Raw) -> Mapping[str, float]:
    return frozen({tier: float(price) for tier, price in raw.items()})


def _object_tier(raw: Raw) -> ObjectTier:
    return ObjectTier(name=raw["name"], backend=raw["backend"])


def _backup_tier(raw: Raw) -> BackupTier:
    """What is kept outside of the region is off site by its nature."""
    target = raw["target"]
    return BackupTier(
        name=raw["name"],
        every_hours=raw["everyHours"],
        keep_days=raw["keepDays"],
        encrypted=raw.get("encrypted", False),
        off_site=raw.get("offSite", "location" in target),
        target=BackupTarget(
            site=target.get("site", ""),
            location=target.get("location", ""),
            country=target.get("country", ""),
            certifications=tuple(Certification(one) for one in target.get("certifications", ())),
        ),
    )
