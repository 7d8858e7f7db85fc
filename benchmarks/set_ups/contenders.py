"""Ours and plain `ansible-playbook`, each a whole process; what it says of itself is checked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from measurement.errors import BenchmarkError
from measurement.process import Finished, run
from measurement.product import Product

HERE = Path(__file__).parent
RECAP = re.compile(r"^\S+\s+: ok=(\d+)\s+changed=(\d+)\s+unreachable=0\s+failed=0\b", re.MULTILINE)
KEPT = ("secrets.yml", "clouds.yaml", "authority.crt")  # the hosts' secrets, and the way to the cloud that they become
MEMORY = Path("/dev/shm")  # noqa: S108 (only looked at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`folder`: with the playbook, ssh's configuration and, below `state`, what ours keeps."""

    product: Product
    folder: Path
    hosts: int
    tasks: int
    limit: float

    @property
    def environment(self) -> Mapping[str, str]:
        """Of a contender: a home of its own shows what it leaves there."""
        return {**self.product.environment, "HOME": str(self.folder / "home")}

    def program(self, name: str, *words: str, environment: Mapping[str, str] | None = None) -> Finished:
        """One of our own, with the product's Python. Machines keep their base tree in the user's home."""
        command = (self.product.python, HERE / name, *words)
        return run(command, limit=self.limit, environment=environment or self.product.environment)


def ours(place: Place) -> Finished:
    done = place.program("region.py", "apply", str(place.folder), str(place.hosts), environment=place.environment)
    found = json.loads(done.output.splitlines()[-1])
    _check("ours", place, (found["hosts"], found["tasks"], found["changes"]))
    return done


def plain(place: Place) -> Finished:
    """With the applier's own settings, but for its plugins; connections are new in each run, as ours are."""
    number = len(list(place.folder.glob("plain-*")))
    own = place.folder / f"plain-{number}"
    for name in ("home", "tmp", "ssh"):
        (own / name).mkdir(parents=True)
    settings = (place.folder / "settings.cfg").read_text(encoding="utf-8").replace("{folder}", str(own))
    (own / "ansible.cfg").write_text(settings, encoding="utf-8")
    command = (
        place.product.python.with_name("ansible-playbook"),
        *("--inventory", place.folder / "inventory.yaml", "--forks", str(min(place.hosts, 50))),
        place.folder / "site.yml",
    )
    environment = {**place.environment, "ANSIBLE_CONFIG": str(own / "ansible.cfg")}
    try:
        done = run(command, limit=place.limit, environment=environment)
    finally:
        _close(own / "ssh")
    found = RECAP.findall(done.output)
    _check("ansible-playbook", place, (len(found), *(sum(int(one[part]) for one in found) for part in (0, 1))))
    return done


def left(place: Place, last: Finished) -> tuple[str, ...]:
    """Files of ours that stay, but for those that are meant to. `last`: its last run."""
    prefix = json.loads(last.output.splitlines()[-1])["prefix"]
    below = (place.folder / "state", place.folder / "home", Path(place.environment["TMPDIR"]))
    found = [path for folder in below for path in folder.rglob("*") if path.is_file() or path.is_socket()]
    return tuple(str(path) for path in (*found, *MEMORY.glob(f"*{prefix}*")) if path.name not in KEPT)


def _check(name: str, place: Place, found: Sequence[int]) -> None:
    if tuple(found[:2]) != (place.hosts, place.hosts * place.tasks):
        raise BenchmarkError(f"{name}: {found[0]} hosts done, {found[1]} tasks")


def _close(sockets: Path) -> None:
    """Ours ends its connections itself, in its time; the peer leaves them to their two minutes."""
    for path in sockets.iterdir():
        run(("ssh", "-o", f"ControlPath={path}", "-O", "exit", "unused"), limit=60, codes=(0, 255))
