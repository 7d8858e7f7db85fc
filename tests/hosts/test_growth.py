"""A region of one control host gets a second and a third one: what it holds stays, and then no one of them is needed.

One story of three quarters of an hour, 9 GiB of memory: run by hand, `scripts/test.sh control-loss`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from installed_trio import CONTROLS, HOSTS, MEMBER, SPECS, is_member
from metal_region import MetalRegion, bare_region

from lab.waiting import wait_until

pytestmark = [pytest.mark.control_loss, pytest.mark.timeout(7200)]

THIRD, FIRST, SECOND = CONTROLS
"""The first one is not the first by name once there are three."""
MADE = "print(cloud.network.create_network(name='early').id)"
NETWORKS = "mariadb -NBe 'select id from neutron.networks'"
VOLUME = "v = cloud.create_volume(1, wait=True, timeout=120); cloud.delete_volume(v.id, wait=True, timeout=120)"
"""A message to the scheduler and one to the service behind it."""


@pytest.fixture(scope="module")
def growing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MetalRegion]:
    """All machines run; the specs have one control host and the compute host."""
    root = tmp_path_factory.mktemp("growing")
    specs = shutil.copytree(SPECS, root / "trio")
    for name in (SECOND, THIRD):
        (specs / "hosts" / f"{name}.yaml").unlink()
    with bare_region(root, specs, machines=SPECS) as region:
        yield region


@pytest.fixture(scope="module")
def early(growing: MetalRegion) -> str:
    """A network that was made while there was one control host."""
    growing.apply()
    return growing.python(MADE).strip()


def add(growing: MetalRegion, name: str) -> list[str]:
    """Apply the specs with one host more: the steps, in their order."""
    shutil.copy(SPECS / "hosts" / f"{name}.yaml", growing.folder / "hosts")
    steps = [step["name"] for step in growing.plan()["steps"]]
    report = growing.apply(seconds=3600)
    assert {outcome["status"] for outcome in report["outcomes"]} == {"done"}
    return steps


def test_a_second_one_whose_name_comes_first_is_refused(growing: MetalRegion, early: str) -> None:
    """It would have the databases, and has none; who has them goes on."""
    added = shutil.copy(SPECS / "hosts" / f"{THIRD}.yaml", growing.folder / "hosts")
    (outcome,) = (one for one in growing.apply(code=3)["outcomes"] if one["step"] == f"host/{FIRST}")
    assert f"give the new one a name behind {FIRST}" in str(outcome)
    added.unlink()
    assert early in growing.python("print([one.id for one in cloud.network.networks()])")


def test_two_answer_and_the_second_may_be_lost(growing: MetalRegion, early: str) -> None:
    """The one that has the data is set up before the one that is new; they are no cluster."""
    assert add(growing, SECOND)[:3] == [f"host/{FIRST}", f"host/{SECOND}", "host/compute-1"]
    assert "wsrep_on\tOFF" in growing.on(FIRST, "mariadb -NBe \"show variables like 'wsrep_on'\"")
    for name in (FIRST, SECOND):  # each alone answers for an API
        other = SECOND if name == FIRST else FIRST
        growing.on(other, "systemctl stop neutron-api")
        assert wait_until(lambda: growing.answers("cloud.list_networks()"), seconds=60, every=1), name
        growing.on(other, "systemctl start neutron-api")
    growing.lab_hosts("down", "--now", SECOND)
    assert wait_until(lambda: growing.answers(VOLUME), seconds=60, every=1)
    assert early in growing.python("print([one.id for one in cloud.network.networks()])")
    growing.lab_hosts("up")


def test_three_are_a_cluster_with_all_that_one_had(growing: MetalRegion, early: str) -> None:
    """And the one that had it alone may be lost."""
    assert add(growing, THIRD)[:3] == [f"host/{name}" for name in (FIRST, SECOND, THIRD)]
    assert wait_until(lambda: all(is_member(growing.on(name, f"{MEMBER} || true")) for name in CONTROLS), seconds=300)
    assert all(early in growing.on(name, NETWORKS) for name in CONTROLS)
    growing.lab_hosts("down", "--now", FIRST)
    assert wait_until(lambda: growing.answers(VOLUME), seconds=120, every=1)
    growing.lab_hosts("up")
    assert wait_until(lambda: all(is_member(growing.on(name, f"{MEMBER} || true")) for name in CONTROLS), seconds=600)


def test_again_changes_nothing(growing: MetalRegion, early: str) -> None:
    """With the ledger gone each host is done again; neither does a check find anything."""
    assert early
    assert growing.plan()["steps"] == []
    for entry in growing.own.glob("ledger/host.*.json"):
        entry.unlink()
    outcomes = {outcome["step"]: outcome["changed"] for outcome in growing.apply()["outcomes"]}
    assert {name: changed for name, changed in outcomes.items() if changed} == {}
    assert {f"host/{name}" for name in HOSTS} <= outcomes.keys()
    checks = growing.plan("--check-all-hosts")["checks"]
    assert {check["host"]: check["changes"] for check in checks} == {name: [] for name in HOSTS}
