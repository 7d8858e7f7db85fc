"""The Vagrantfile starts the machines that the specs of inventory/metal describe, and Vagrant takes it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

CHECKOUT = Path(__file__).parents[2]
VAGRANTFILE = CHECKOUT / "Vagrantfile"
LONGEST = 60


def test_its_machines_are_those_of_the_specs() -> None:
    """Names, the last part of both addresses, and hardware addresses of both cards."""
    told = {
        name: (last, mac)
        for name, last, mac in re.findall(r'"([\w-]+)"\s*=> \{.*last: (\d+), mac: "(\w+)"', VAGRANTFILE.read_text())
    }
    meant = {}
    for path in (CHECKOUT / "inventory" / "metal" / "hosts").glob("*.yaml"):
        for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            spec = document["spec"]
            (last,) = {re.search(r"\.(\d+)/", card["addresses"][0])[1] for card in spec["interfaces"]}  # type: ignore[index] # fails as it should
            (mac,) = {nic["mac"].replace(":", "")[:-1] for nic in spec["nics"]}
            assert [nic["mac"][-1] for nic in spec["nics"]] == ["1", "2"]
            meant[document["metadata"]["name"]] = (last, mac)
    assert told == meant


def test_it_is_short() -> None:
    """It holds no logic: that is the product's."""
    assert len(VAGRANTFILE.read_text(encoding="utf-8").splitlines()) < LONGEST


@pytest.mark.skipif(shutil.which("vagrant") is None, reason="Vagrant is not installed")
def test_vagrant_takes_it(tmp_path: Path) -> None:
    """Its own check; which provider there is does not matter."""
    command = ["vagrant", "validate", "--ignore-provider"]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "VAGRANT_HOME": str(tmp_path)}
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
