"""The applier on real machines: each host has an outcome of its own, and whatever broke, the next run finishes."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hosts_fixture import NAMES, Machines
from set_up_of_machines import CANARIES, KEPT, MachineRegion

from lab.waiting import wait_until
from orchestrator.adapters.hosts_ansible import run_folder
from orchestrator.errors import PermanentFailure, TemporaryFailure
from orchestrator.model.host_result import HostChange, HostResult, HostStatus
from orchestrator.model.outcome import Failure

pytestmark = [pytest.mark.hosts, pytest.mark.timeout(900)]

CONTROL, FIRST, SECOND = "10.77.0.11", "10.77.0.12", "10.77.0.13"
DONE, FAILED, UNREACHABLE, INTERRUPTED = HostStatus
Region = Callable[..., MachineRegion]


@pytest.fixture
def region(machines: Machines, tmp_path: Path) -> Region:
    """A region of some hosts (name -> address, variables); nothing that another test wrote is on the machines."""
    for name in NAMES:
        machines.said(name, "rm -rf /srv/*")

    def made(hosts: Mapping[str, tuple[str, Mapping[str, object]]], **more: tuple[str, ...]) -> MachineRegion:
        config = machines.hosts.layout.ssh_config
        found = MachineRegion(state=tmp_path / "state", ssh_config=config, hosts=hosts, control=more.get("control", ()))
        found.secrets.write({"passwords": CANARIES})
        return found

    return made


def statuses(results: Mapping[str, HostResult]) -> dict[str, HostStatus]:
    return {name: result.status for name, result in results.items()}


def failure(results: Mapping[str, HostResult], host: str) -> Failure:
    found = results[host].failure
    assert found is not None
    return found


def left_by(region: MachineRegion) -> list[str]:
    """Files that runs left in memory, and in the region's folder besides what they keep there."""
    own = [str(path.relative_to(region.state)) for path in region.state.rglob("*") if path.name not in KEPT]
    return own + [path.name for path in run_folder.MEMORY.glob(f"{run_folder.prefix_of(region.state)}*")]


def started(machines: Machines, name: str, host: str) -> bool:
    return wait_until(lambda: machines.on(name, f"test -e /srv/{host}/started").returncode == 0, seconds=240, every=0.3)


def test_the_second_run_changes_nothing(machines: Machines, region: Region) -> None:
    """A check tells what the run will do, secrets masked, and does nothing of it."""
    here = region({"one": (CONTROL, {}), "two": (FIRST, {})}, control=("one",))
    planned = here.check()
    assert machines.said(NAMES[0], "ls /srv") == ""
    assert statuses(planned) == {"one": DONE, "two": DONE}
    shown = {change.task: change.diff for change in planned["one"].changes}
    assert shown["Write a secret"].splitlines()[-2:] == ["+first", "+********"]
    assert shown["Write a hidden secret"] == ""
    first = here.apply()
    assert [change.task for change in first["two"].changes] == [change.task for change in planned["two"].changes]
    assert machines.said(NAMES[1], "cat /srv/two/done") == "{{ 1 + 1 }}"
    assert machines.said(NAMES[0], "stat -c %a /srv/one/hidden") == "600"
    second = here.apply()
    assert statuses(second) == {"one": DONE, "two": DONE}
    assert [result.changes for result in second.values()] == [(), ()]
    assert second["one"].tasks == second["two"].tasks + 1 == 6
    assert ("one", "ok", "steps: Write a hidden secret") in here.seen
    assert left_by(here) == []


@pytest.fixture
def broken(machines: Machines) -> None:
    """On the first machine a disk that is small and a user without rights; the third is off."""
    machines.said(NAMES[0], "mkdir -p /srv/small && mount -t tmpfs -o size=100k none /srv/small")
    machines.said(NAMES[0], "useradd -m plain && cp -r ~debian/.ssh ~plain/ && chown -R plain ~plain/.ssh")
    machines.hosts.down((NAMES[2],), now=True)


def test_each_host_fails_for_itself(machines: Machines, region: Region, broken: None) -> None:
    """Full, without rights, unknown, off, or in want of something: others are done, and all are when it is mended."""
    strange = f"-F {machines.hosts.layout.ssh_config} -o HostKeyAlias=stranger -o StrictHostKeyChecking=accept-new"
    hosts: dict[str, tuple[str, Mapping[str, object]]] = {
        "well": (FIRST, {}),
        "full": (CONTROL, {"steps_disk": "/srv/small"}),
        "powerless": (CONTROL, {"ansible_user": "plain"}),
        "unknown": (FIRST, {"ansible_ssh_common_args": strange}),
        "off": (SECOND, {}),
        "wanting": (FIRST, {"steps_needs": "/srv/needed"}),
    }
    here = region(hosts, control=("wanting",))
    found = here.apply()
    assert statuses(found) == {
        "well": DONE,
        "full": FAILED,
        "powerless": FAILED,
        "unknown": UNREACHABLE,
        "off": UNREACHABLE,
        "wanting": FAILED,
    }
    assert "No space left" in failure(found, "full").cause
    assert "make room" in failure(found, "full").hint
    assert "sudo" in failure(found, "powerless").cause
    assert "without a password" in failure(found, "powerless").hint
    assert "Host key verification failed" in failure(found, "unknown").cause
    assert not failure(found, "unknown").temporary
    assert (failure(found, "off").temporary, failure(found, "off").resource) == (True, "steps: Make a folder")
    assert "/srv/needed: No such file" in failure(found, "wanting").cause
    assert failure(found, "wanting").resource == "steps: Read what is needed"
    assert [change.task for change in found["wanting"].changes][-1] == "Write a hidden secret"
    machines.said(NAMES[0], "umount /srv/small")
    machines.said(NAMES[0], "echo 'plain ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/plain")
    machines.said(NAMES[1], "touch /srv/needed")
    machines.hosts.up(print)
    mended = region({**hosts, "unknown": (FIRST, {})}, control=("wanting",)).apply()
    assert set(statuses(mended).values()) == {DONE}
    assert mended["well"].changes == ()
    assert left_by(here) == []


def test_hosts_that_ansible_leaves_out_are_made_up_for(machines: Machines, region: Region) -> None:
    """It gives up the whole playbook once every host of one play, or of one batch, has failed."""
    here = region({"one": (CONTROL, {}), "three": (FIRST, {}), "two": (SECOND, {})}, control=("one", "two"))
    machines.said(NAMES[0], "mkdir -p /srv/one && touch /srv/one/stop")
    found = here.apply()
    assert statuses(found) == {"one": FAILED, "three": DONE, "two": DONE}
    assert machines.said(NAMES[1], "ls /srv/three/done") == "/srv/three/done"
    assert found["two"].tasks > found["three"].tasks


def test_what_fails_once_for_all_fails_for_all(machines: Machines, region: Region) -> None:
    """Ansible says so of one host only, and does no more on the others."""
    here = region({"one": (CONTROL, {"steps_once": True}), "two": (FIRST, {"steps_once": True})})
    machines.said(NAMES[0], "touch /srv/stop")
    found = here.apply()
    assert statuses(found) == {"one": FAILED, "two": FAILED}
    assert failure(found, "two").cause == f"on one, for all: {failure(found, 'one').cause}"
    assert machines.on(NAMES[1], "ls /srv/two/done").returncode != 0


def test_ssh_killed_in_the_middle_of_a_task(machines: Machines, region: Region) -> None:
    """That host is unreachable, the other done; the next run goes on where it was."""
    here = region({"one": (FIRST, {"steps_waits": True}), "two": (SECOND, {})})
    found: dict[str, HostResult] = {}
    running = threading.Thread(target=lambda: found.update(here.apply()))
    running.start()
    try:
        assert started(machines, NAMES[1], "one")
        machines.said(NAMES[1], "pkill -KILL -u debian sshd")
    finally:
        machines.said(NAMES[1], "touch /srv/one/go")
        running.join()
    assert statuses(found) == {"one": UNREACHABLE, "two": DONE}
    assert failure(found, "one").resource == "steps: Wait for a sign"
    again = here.apply()
    assert statuses(again) == {"one": DONE, "two": DONE}
    assert again["one"].changes[-1] == HostChange(role="", task="Say that all is done")
    assert left_by(here) == []


def test_who_interrupts_waits_for_the_task_in_work(machines: Machines, region: Region) -> None:
    """It ends, on every host, and no other is begun; the next run finishes."""
    here = region({"one": (FIRST, {"steps_waits": True})})
    applier, found = here.applier(), dict[str, HostResult]()
    running = threading.Thread(target=lambda: found.update(applier.apply(here.inventory, ("one",), here._told)))
    running.start()
    assert started(machines, NAMES[1], "one")
    applier.interrupt()
    machines.said(NAMES[1], "touch /srv/one/go")
    running.join()
    assert statuses(found) == {"one": INTERRUPTED}
    assert machines.said(NAMES[1], "ls /srv/one/went") == "/srv/one/went"
    assert machines.on(NAMES[1], "ls /srv/one/last").returncode != 0
    assert applier.apply(here.inventory, ("one",), here._told)["one"].tasks == 0
    assert left_by(here) == []


def test_killed_in_the_middle(machines: Machines, region: Region) -> None:
    """The next run waits for what the killed one's Ansible has begun, takes its leftovers away, and finishes."""
    here = region({"one": (FIRST, {"steps_waits": True})})
    with subprocess.Popen(here.command()) as victim:
        assert started(machines, NAMES[1], "one")
        victim.kill()
    assert left_by(here) != []
    machines.said(NAMES[1], "touch /srv/one/go")
    assert statuses(here.apply()) == {"one": DONE}
    assert left_by(here) == []


def test_ansible_itself_killed(machines: Machines, region: Region) -> None:
    """Nothing can be said of any host but that it is worth another try."""
    here = region({"one": (FIRST, {"steps_waits": True})})
    raised: list[Exception] = []

    def attempt() -> None:
        try:
            here.apply()
        except TemporaryFailure as error:
            raised.append(error)

    running = threading.Thread(target=attempt)
    running.start()
    assert started(machines, NAMES[1], "one")
    (folder,) = run_folder.MEMORY.glob(f"{run_folder.prefix_of(here.state)}*")
    os.killpg(int((folder / "running").read_text()), signal.SIGKILL)
    machines.said(NAMES[1], "touch /srv/one/go")
    running.join()
    assert ["killed" in str(error) for error in raised] == [True]
    assert statuses(here.apply()) == {"one": DONE}
    assert left_by(here) == []


def test_a_playbook_that_is_wrong_concerns_no_host(region: Region, tmp_path: Path) -> None:
    """Ansible's words, and no host is blamed."""
    here = region({"one": (FIRST, {})})
    here.playbook = tmp_path / "wrong.yml"
    here.playbook.write_text("- hosts: all\n  tasks:\n    - {nothing: {}, ansible.builtin.command: 'true'}\n")
    with pytest.raises(PermanentFailure, match=r"could not run.*conflicting action statements"):
        here.apply()
    assert left_by(here) == []
