"""The region `estuaire` of tests/examples/regions: applied to a cloud of its own, then lived in.

Two machines of the cloud are in no spec; what people made and changed by hand comes from `estuaire_by_hand`.
"""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from demo_region import DemoRegion, make_region
from estuaire_by_hand import live_in
from slow_book import Book
from slow_cloud import look_slowly
from slow_figures import figures
from slow_specs import read_slowly

ESTUAIRE = Path(__file__).parents[1] / "examples" / "regions" / "estuaire"
STRAYS = ("annexe-1", "annexe-2")
"""Hypervisors that no spec knows."""


@pytest.fixture(scope="session")
def estuaire(openstack_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoRegion]:
    """The applied region with everything made by hand beside it, once a session: leave it as it was found."""
    region = make_region(tmp_path_factory.mktemp("estuaire"), ESTUAIRE)
    try:
        done = region.run("lab", "up", str(_with_strays(region)), "--dir", str(region.lab))
        assert done.returncode == 0, done.stdout + done.stderr
        report = region.apply(seconds=1500)  # 226 objects, on a machine that may be loaded
        assert {outcome["status"] for outcome in report["outcomes"]} == {"done"}
        live_in(region.connection(), STRAYS)
        yield region
    finally:
        region.run("lab", "down", "--dir", str(region.lab))


@pytest.fixture(scope="session")
def book(estuaire: DemoRegion) -> Book:
    """What the slow method finds in it: right as long as everybody leaves it as it was found."""
    today = dt.datetime.fromtimestamp(time.time(), dt.UTC).date()
    return figures(read_slowly(estuaire.folder), look_slowly(estuaire.connection()), today)


def _with_strays(region: DemoRegion) -> Path:
    """The specs of the cloud's shape: two hosts more than the region knows."""
    folder = region.folder.with_name("with-strays")
    shutil.copytree(region.folder, folder)
    host = yaml.safe_load((folder / "hosts" / "aval-3.yaml").read_text(encoding="utf-8"))
    for number, name in enumerate(STRAYS, start=10):
        host["metadata"]["name"] = name
        host["spec"].update(unit=number, bmcAddress=f"192.168.250.{90 + number}")
        host["spec"]["nics"][0]["mac"] = f"02:00:00:00:0d:{number}"
        (folder / "hosts" / f"{name}.yaml").write_text(yaml.safe_dump(host), encoding="utf-8")
    return folder
