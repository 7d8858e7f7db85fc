"""What roles are told follows from the specs: volume groups, back ends, packages, of each host its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from region_examples import judged

ROOT = Path(__file__).parents[3]
ASKED = (
    *("storage_groups", "cinder_backends", "ceph_backends", "packages_names", "backups_databases", "network_cards"),
    *("openstack_processes", "glance_workers"),
)
PLAY = """
- hosts: all
  gather_facts: false
  connection: local
  tasks:
    - ansible.builtin.copy:
        dest: "{{ told }}/{{ inventory_hostname }}.json"
        content: "{{ dict(asked | zip(asked | map('extract', vars))) | to_json }}"
        mode: "0600"
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Host -> variable -> value, as Ansible works them out for the example of an installed region."""
    folder = tmp_path_factory.mktemp("variables")
    judged(ROOT / "tests" / "examples" / "valid" / "installed", folder / "region")
    (folder / "group_vars").symlink_to(ROOT / "playbooks" / "group_vars")
    (folder / "play.yml").write_text(PLAY)
    (folder / "told").mkdir()
    given = {"told": str(folder / "told"), "asked": ASKED, "mutualis_secrets": {"passwords": PASSWORDS, "ceph": {}}}
    command = [str(Path(sys.executable).with_name("ansible-playbook")), "-i", str(folder / "region" / "region.yaml")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg")}
    ended = subprocess.run(
        [*command, "-e", json.dumps(given), str(folder / "play.yml")],
        env={**environment, "ANSIBLE_HOME": str(folder / "ansible"), "ANSIBLE_PYTHON_INTERPRETER": sys.executable},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return {file.stem: json.loads(file.read_text()) for file in (folder / "told").iterdir()}


PASSWORDS = {f"database_{name}": "x" for name in ("keystone", "glance", "placement", "nova", "neutron", "cinder")}


def test_disks_of_a_back_end_become_its_group(told: dict[str, Any]) -> None:
    """On the host that has them, and on no other; its own disk is not among them."""
    disk = {"device": "/dev/sdb", "size_gib": 960, "kind": "hdd", "backend": "hdd"}
    assert told["host-1"]["storage_groups"] == {"volumes": [disk]}
    assert {name: one["storage_groups"] for name, one in told.items() if name != "host-1"} == {
        "host-2": {},
        "host-3": {},
    }


def test_a_host_that_is_both_serves_all_its_back_ends(told: dict[str, Any]) -> None:
    """A control host those of Ceph, a storage host those of its disks: one file, the same in every play."""
    served = {(one["zone"], one["name"], one["driver"]) for one in told["host-1"]["cinder_backends"]}
    assert ("north", "hdd", "lvm") in served
    assert {driver for _, name, driver in served if name == "ssd"} == {"ceph"}
    assert [one["name"] for one in told["host-1"]["ceph_backends"]] == ["ssd"]


def test_packages_follow_from_what_a_host_does(told: dict[str, Any]) -> None:
    """Everything in one go: of the control plane, of volumes on disks, of servers."""
    packages = set(told["host-1"]["packages_names"])
    assert {"mariadb-server", "lvm2", "cinder-volume", "nova-compute-kvm", "ovn-host", "age"} <= packages
    assert all("prometheus-node-exporter" in one["packages_names"] for one in told.values())


def test_every_database_is_backed_up(told: dict[str, Any]) -> None:
    """Nova has three."""
    assert sorted(told["host-1"]["backups_databases"]) == [
        "cinder", "glance", "keystone", "neutron", "nova", "nova_api", "nova_cell0", "placement",
    ]  # fmt: skip


def test_apis_have_as_many_processes_as_the_region_says(told: dict[str, Any]) -> None:
    """Those that uWSGI runs, and Glance, which forks by itself."""
    assert {(one["openstack_processes"], one["glance_workers"]) for one in told.values()} == {(6, 6)}
