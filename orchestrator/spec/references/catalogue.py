"""What the Catalogue's items say of each other and of the files and sites that they need."""

from __future__ import annotations

from collections.abc import Mapping

from orchestrator.model.finding import Path
from orchestrator.spec.folder import inside
from orchestrator.spec.formats import is_network
from orchestrator.spec.references import backup
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Item, Names
from orchestrator.spec.references.ports import judge_ports

_LISTS = {
    "flavor": "flavors",
    "image": "images",
    "volume tier": "tiers",
    "quota size": "quotaSizes",
    "preset": "presets",
    "object tier": "objectTiers",
    "backup tier": "backupTiers",
}
_PRICES = {
    "perStorageGiB": ("volume", "tiers"),
    "perObjectStorageGiB": ("object", "objectTiers"),
    "perBackupGiB": ("backup", "backupTiers"),
}


def judge(catalogue: Judge, names: Names) -> None:
    """Names are given once; tiers, parents, tariffs and files refer to what exists."""
    for what, field in _LISTS.items():
        catalogue.unique(what, field)
    catalogue.unique("tariff from", "tariffs", field="validFrom")
    tiers = [tier["name"] for tier in catalogue.spec.get("tiers", ())]
    _backends(catalogue, names)
    _tariffs(catalogue)
    _aggregates(catalogue, names)
    backup.judge_tiers(catalogue, names)
    _sizes(catalogue, tiers)
    _presets(catalogue)
    for path, image in catalogue.items("images"):
        _file(catalogue, names, (*path, "file"), image["file"])


def _backends(catalogue: Judge, names: Names) -> None:
    offers = [names.offered(site) for site in names.sites]
    backends = None if None in offers else {backend for offer in offers if offer for backend in offer}
    for field in ("tiers", "objectTiers"):
        for path, tier in catalogue.items(field):
            catalogue.known((*path, "backend"), tier["backend"], backends, "no site has a back end {}")


def _tariffs(catalogue: Judge) -> None:
    for path, tariff in catalogue.items("tariffs"):
        for field, (what, tiers) in _PRICES.items():
            known = catalogue.by_name(tiers)
            catalogue.known_keys((*path, field), tariff.get(field, {}), known, f"no {what} tier {{}}")


def _aggregates(catalogue: Judge, names: Names) -> None:
    for path, flavor in catalogue.items("flavors"):
        if "aggregate" in flavor:
            known = names.aggregates.anywhere()
            catalogue.known((*path, "aggregate"), flavor["aggregate"], known, "no compute host is in aggregate {}")


def _sizes(catalogue: Judge, tiers: list[str]) -> None:
    sizes = {size["name"]: size for size in catalogue.spec["quotaSizes"]}
    for path, size in catalogue.items("quotaSizes"):
        by_tier = size.get("values", {}).get("storageGiBByTier", {})
        catalogue.known_keys((*path, "values", "storageGiBByTier"), by_tier, tiers, "no volume tier {}")
        if "parent" not in size:
            continue
        at = (*path, "parent")
        if catalogue.known(at, size["parent"], sizes, "no quota size {}") and _is_own_ancestor(size["name"], sizes):
            message = f"quota size '{size['name']}' is its own ancestor"
            catalogue.report("quota-cycle", at, message, "take one parent of the circle out")


def _is_own_ancestor(name: str, sizes: Mapping[str, Item]) -> bool:
    seen: set[str] = set()
    parent = str(sizes[name].get("parent", ""))
    while parent in sizes and parent not in seen:
        if parent == name:
            return True
        seen.add(parent)
        parent = str(sizes[parent].get("parent", ""))
    return False


def _presets(catalogue: Judge) -> None:
    for path, preset in catalogue.items("presets"):
        for index, rule in enumerate(preset["rules"]):
            at: Path = (*path, "rules", index)
            judge_ports(catalogue, at, rule)
            if rule["peer"] != "self" and not is_network(rule["peer"]):
                message = f"a preset knows no group '{rule['peer']}': groups are a tenant's"
                catalogue.report("unknown-reference", (*at, "peer"), message, "write a network, or self")


def _file(catalogue: Judge, names: Names, path: Path, file: str) -> None:
    if not inside(names.folder, names.folder / file):
        message = f"no file '{file}' in the region's folder"
        catalogue.report("image-file", path, message, f"put it there, or mend the path (from {names.folder})")
