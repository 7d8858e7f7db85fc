"""Ours and its peers, as commands on the same cloud."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from measurement.peer_environment import install
from measurement.process import Finished, run
from measurement.product import Product

from tenancies import by_playbook
from tenancies.contender import Contender

CHANGED = re.compile(r"changed=(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`folder`: for all that contenders write; `limit`: seconds for one process."""

    product: Product
    folder: Path
    clouds: Path
    cloud: str
    tenants: int
    at_once: int
    limit: float


def by_engine(engine: str, place: Place, passphrase: str = "") -> Contender:
    """Pulumi programs through the product's adapter. `engine`: embedded or official; `passphrase`: "": made up."""
    folder = place.folder / engine
    folder.mkdir()
    environment = {**place.product.environment, "PULUMI_CONFIG_PASSPHRASE": passphrase or secrets.token_hex(16)}
    script = Path(__file__).with_name("by_pulumi.py")
    said = (engine, folder, place.clouds, place.cloud, str(place.tenants), str(place.at_once))

    def act(action: str) -> Finished:
        command = (place.product.python, script, action, *said)
        return run(command, limit=place.limit, environment=environment)

    return Contender(create=partial(act, "build"), delete=partial(act, "delete"), changed=_counted)


def by_sdk(place: Place) -> Contender:
    """The floor: a script that does no more than the calls."""
    script = Path(__file__).with_name("by_sdk.py")
    said = (place.clouds, place.cloud, str(place.tenants), str(place.at_once))

    def act(action: str) -> Finished:
        command = (place.product.python, script, action, *said)
        return run(command, limit=place.limit, environment=place.product.environment)

    return Contender(create=partial(act, "build"), delete=partial(act, "delete"), changed=_changed_by_script)


def api_seconds(done: Finished) -> float:
    """The sum of the times of all calls that the floor made."""
    return float(json.loads(done.output.splitlines()[-1])["api_seconds"])


def by_ansible(place: Place) -> Contender | None:
    """The playbooks, `at_once` forks; None when Ansible cannot be installed."""
    binaries = install("ansible", place.folder, place.product)
    if binaries is None:
        return None
    by_playbook.write_inventory(place.folder, place.cloud, place.tenants, binaries / "python")
    inherited = {**place.product.environment, "OS_CLIENT_CONFIG_FILE": str(place.clouds)}
    environment = by_playbook.settings(place.folder, place.at_once, inherited)

    def act(playbook: str) -> Finished:
        command = by_playbook.command(binaries, place.folder, playbook)
        return run(command, limit=place.limit, environment=environment, folder=place.folder)

    return Contender(create=partial(act, "create"), delete=partial(act, "delete"), changed=changed_by_tasks)


def _counted(done: Finished) -> int:
    counts: dict[str, int] = json.loads(done.output.splitlines()[-1])
    return sum(counts.values())


def _changed_by_script(done: Finished) -> int:
    return int(json.loads(done.output.splitlines()[-1])["changed"])


def changed_by_tasks(done: Finished) -> int:
    """Over the lines of the recap; tasks that changed something."""
    return sum(int(number) for number in CHANGED.findall(done.output))
