"""The regions of inventory/scenarios: changes to copies of them, and one cloud on which any of them can be applied."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

SCENARIOS = Path(__file__).parents[2] / "inventory" / "scenarios"
NAMES = tuple(sorted(path.name for path in SCENARIOS.iterdir() if path.is_dir()))
_REGION = {
    "operator": {"name": "All scenarios", "siren": "000000018"},
    "residency": {"allowedCountries": ["ES", "FR"], "imageCountries": ["US"]},
    "cloud": "mutualis-lab",
    "overcommit": {"vcpu": 4, "memory": 1, "storage": 1},
}

Document = dict[str, Any]
Changes = dict[str, dict[str, Any]]
"""File in the region's folder -> dotted path below `spec` -> value."""


def read(path: Path) -> Document:
    document: Document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return document


def write(path: Path, document: Document) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")


def copied(name: str, folder: Path) -> Path:
    """A copy of a scenario below a folder, to change."""
    return Path(shutil.copytree(SCENARIOS / name, folder / name))


def changed(region: Path, changes: Changes) -> None:
    """Write the values; a mapping on the way that is missing is made, a number on the way is an index."""
    for file, values in changes.items():
        document = read(region / file)
        for dotted, value in values.items():
            *way, last = dotted.split(".")
            place: Any = document["spec"]
            for part in way:
                place = place[int(part)] if part.isdigit() else place.setdefault(part, {})
            place[last] = value
        write(region / file, document)


def one_more_host(region: Path, like: str) -> None:
    """A further machine like the one named, in the next free unit of its rack."""
    hosts = [read(path) for path in (region / "hosts").glob("*.yaml")]
    document = read(region / "hosts" / f"{like}.yaml")
    spec = document["spec"]
    spec["unit"] = 1 + max(host["spec"]["unit"] for host in hosts)
    spec["nics"][0]["mac"] = "02:00:00:00:ff:01"
    spec["bmcAddress"] = "192.168.255.1"
    document["metadata"]["name"] = f"{like}-more"
    write(region / "hosts" / f"{like}-more.yaml", document)


def shape_of_all(folder: Path, names: Collection[str] = NAMES) -> Path:
    """One region with the hosts and sites of scenarios: its cloud suits each of them, whose names differ."""
    source = SCENARIOS / "drancy"
    shutil.copytree(source / "images", folder / "images")
    shutil.copy(source / "catalogue.yaml", folder)
    for path in (path for name in names for kind in ("sites", "hosts") for path in (SCENARIOS / name / kind).iterdir()):
        document = read(path)
        document["spec"].pop("owner", None)
        target = folder / path.parent.name / path.name
        assert not target.exists(), f"two scenarios have a {document['kind']} {path.stem}"
        write(target, document)
    document = read(source / "region.yaml")
    document["metadata"]["name"] = "all"
    document["spec"].update(_REGION)
    write(folder / "region.yaml", document)
    return folder


def tenants(region: Path) -> list[Path]:
    return sorted((region / "tenants").glob("*.yaml"))


def retire(region: Path) -> None:
    """Both sides end each agreement today; hosts that members lent are the region's from then on."""
    today = dt.datetime.now(dt.UTC).date().isoformat()  # noqa: TID251 the product runs on the real clock here
    for path in (region / "hosts").glob("*.yaml"):
        document = read(path)
        document["spec"].pop("owner", None)
        write(path, document)
    for path in tenants(region):
        document = read(path)
        document["spec"]["agreement"].pop("noticeGiven", None)
        document["spec"]["agreement"]["end"] = today
        document["spec"].update(state="retired", retiredOn=today)
        write(path, document)
