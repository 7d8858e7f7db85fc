"""Backups: where a tier of the catalogue keeps them, and what a tenant has backed up."""

from __future__ import annotations

from collections.abc import Mapping

from orchestrator.model.finding import Path
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Item, Names


def judge_tiers(catalogue: Judge, names: Names) -> None:
    """A target is a site of the region, or a location with its country."""
    for path, tier in catalogue.items("backupTiers"):
        at, target = (*path, "target"), tier["target"]
        if "site" in target:
            catalogue.known((*at, "site"), target["site"], names.sites, "no site {}")
            for field in ("location", "country", "certifications"):
                if field in target:
                    message = f"the target is a site of the region, which has its own {field}"
                    catalogue.report("contradiction", (*at, field), message, "keep site alone, or remove it")
        elif "location" not in target:
            hint = "add site: a site of the region, or location and country"
            catalogue.report("missing-field", at, "a target needs 'site' or 'location'", hint)
        elif "country" not in target:
            hint = "add it: the law that holds there depends on it"
            catalogue.report("missing-field", (*at, "location"), "a location needs its 'country'", hint)
        if "location" in target and tier.get("offSite") is False:
            message = "a location outside of the region is off site"
            catalogue.report("contradiction", (*path, "offSite"), message, "remove offSite, or name a site")


def judge(tenant: Judge, names: Names, servers: Mapping[str, Item]) -> None:
    """`servers`: those of pools included."""
    tiers = names.catalogue.backup_tiers if names.catalogue else None
    volumes = tenant.by_name("volumes")
    for path, backup in tenant.items("backups"):
        tenant.known((*path, "tier"), backup["tier"], tiers, "no backup tier {}")
        _extent(tenant, path, backup)
        for field, known, what in (("servers", servers, "server"), ("volumes", volumes, "volume")):
            for index, name in enumerate(backup.get(field, ())):
                tenant.known((*path, field, index), name, known, f"the tenant has no {what} {{}}")


def _extent(tenant: Judge, path: Path, backup: Item) -> None:
    named = [field for field in ("servers", "volumes") if backup.get(field)]
    if backup.get("all") and named:
        message = f"all is backed up, and {named[0]} are named"
        tenant.report("contradiction", (*path, "all"), message, "name them, or write all: true, not both")
    if not backup.get("all") and not named:
        hint = "name servers or volumes, or write all: true"
        tenant.report("missing-field", path, "this backs up nothing", hint)
