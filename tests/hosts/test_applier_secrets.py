"""Nothing secret is in an argument, an environment, a log or a file that is left: on our side and on the hosts'."""

from __future__ import annotations

import os
import stat
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hosts_fixture import NAMES, Machines
from set_up_of_machines import CANARIES, PASSPHRASE, MachineRegion

from lab.waiting import wait_until
from orchestrator.adapters.hosts_ansible import run_folder
from orchestrator.model.host_result import HostResult, HostStatus

pytestmark = [pytest.mark.hosts, pytest.mark.timeout(900)]

SECRETS = (*CANARIES.values(), PASSPHRASE)
PROCESSES = "cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n'"
FILES = "grep -rl Canary /home /root /tmp /var/tmp /var/log /run /dev/shm 2>/dev/null"
LARGEST = 1 << 20


def ours() -> Iterator[str]:
    """Arguments and environment of every process here."""
    for process in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ"):
            try:
                yield (process / name).read_bytes().decode("utf-8", "replace")
            except OSError:
                continue


def with_secrets(places: Iterable[Path], since: float) -> list[Path]:
    """Files written since then that hold one in the clear."""
    return [path for place in places for path in files(place) if holds_one(path, since)]


def files(place: Path) -> Iterator[Path]:
    if not place.is_dir():
        yield place
    for folder, _, names in os.walk(place):
        yield from (Path(folder) / name for name in names)


def holds_one(path: Path, since: float) -> bool:
    """Others' files come and go meanwhile."""
    with suppress(OSError):
        written = path.lstat()
        if stat.S_ISREG(written.st_mode) and written.st_mtime >= since and written.st_size <= LARGEST:
            content = path.read_bytes()
            return any(secret.encode() in content for secret in SECRETS)
    return False


def new_in(folder: Path, since: float) -> Iterator[Path]:
    """What was made there since then: others' older folders are large, and none of our business."""
    for path in folder.iterdir():
        with suppress(OSError):
            if path.lstat().st_ctime >= since:
                yield path


def shown(texts: Iterator[str]) -> list[str]:
    return [secret for text in texts for secret in SECRETS if secret in text]


def test_no_secret_is_seen_while_it_runs_or_after(machines: Machines, tmp_path: Path) -> None:
    """Two passwords go to a host, one by a task that does not hide it; they are where they belong and nowhere else."""
    machines.said(NAMES[2], "rm -rf /srv/*")
    since = time.time() - 5
    hosts = {"one": ("10.77.0.13", {"steps_waits": True})}
    here = MachineRegion(state=tmp_path / "state", ssh_config=machines.hosts.layout.ssh_config, hosts=hosts)
    here.secrets.write({"passwords": CANARIES})
    found: dict[str, HostResult] = {}
    running = threading.Thread(target=lambda: found.update(here.apply()))
    running.start()
    assert wait_until(lambda: machines.on(NAMES[2], "test -e /srv/one/started").returncode == 0, seconds=240, every=0.3)
    (folder,) = run_folder.MEMORY.glob(f"{run_folder.prefix_of(here.state)}*")
    assert shown(ours()) == []
    assert shown(iter([machines.said(NAMES[2], PROCESSES)])) == []
    assert with_secrets([folder], since) == []
    assert {path.stat().st_mode & 0o077 for path in (folder, folder / "secrets.yaml")} == {0}
    machines.said(NAMES[2], "touch /srv/one/go")
    running.join()
    assert found["one"].status is HostStatus.DONE
    assert machines.said(NAMES[2], "cat /srv/one/hidden") == CANARIES["administrator"]
    assert shown(iter([repr(found), repr(here.seen)])) == []
    assert shown(iter([machines.said(NAMES[2], "journalctl --no-pager --output=cat")])) == []
    assert machines.on(NAMES[2], FILES).stdout == ""
    home = Path(os.environ.get("ANSIBLE_HOME", "~/.ansible")).expanduser()
    places = (here.state, run_folder.MEMORY, home, *new_in(Path(tempfile.gettempdir()), since))
    assert with_secrets(places, since) == [here.state / "clouds.yaml"]  # the way to the cloud, as any such file
    assert (here.state / "clouds.yaml").stat().st_mode & 0o077 == 0
    (here.state / "clouds.yaml").unlink()
    (here.state / "leak").write_text(CANARIES["queue"])
    assert with_secrets(places, since) == [here.state / "leak"]
