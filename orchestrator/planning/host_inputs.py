"""What decides what a host becomes, input by input: equal digests mean that setting it up again would change nothing.

Each input has its own digest, and the ledger keeps them all: so a plan can say which of them changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from orchestrator.model.host_inventory import HostEntry, HostInventory

Inputs = Mapping[str, str]
"""`own/<variable>`, `region/<variable>`, `host/<name>`, `roles` -> digest."""

PREFIX: Final = "mutualis_"
SHOWN: Final = 4  # names of a kind in a reason: more than that nobody reads
SHORT: Final = 16  # hexadecimal digits that tell an input from what it was


def host_inputs(inventory: HostInventory, version: str) -> Mapping[str, Inputs]:
    """By host. `version`: of roles and playbooks (`HostApplier.version`).

    Every host knows the others by name and address, and who of them is a control host (/etc/hosts, and the members of
    database, queue and balancer): a host more or less concerns them all.
    """
    region = {f"region/{_word(name)}": _short(value) for name, value in inventory.variables.items()}
    told = {f"host/{host.name}": _short(_neighbour(host)) for host in inventory.hosts}
    shared = {**region, **told, "roles": _short(version)}
    return {host.name: _inputs(host, shared) for host in inventory.hosts}


def _inputs(host: HostEntry, shared: Inputs) -> Inputs:
    own = {f"own/{_word(name)}": _short(value) for name, value in host.variables.items()}
    others = {name: digest for name, digest in shared.items() if name != f"host/{host.name}"}
    return {"own/groups": _short(host.groups), **own, **others}


def inputs_digest(inputs: Inputs) -> str:
    """SHA-256, hexadecimal."""
    return _digest(dict(inputs))


def what_changed(before: Inputs, now: Inputs) -> str:
    """In words, "" if nobody kept what was before."""
    if not before:
        return ""
    differing = [name for name in sorted(before.keys() | now.keys()) if before.get(name) != now.get(name)]
    return "; ".join(_words(differing, before, now))


def _words(differing: list[str], before: Inputs, now: Inputs) -> Iterator[str]:
    if own := _of("own", differing):
        yield _listed(own)
    if region := _of("region", differing):
        yield f"the region's {_listed(region)}"
    if others := _of("host", differing):
        yield f"other hosts ({_listed(_told(name, before, now) for name in others)})"
    if "roles" in differing:
        yield "roles or playbooks"


def _of(part: str, differing: Iterable[str]) -> list[str]:
    return [name.removeprefix(f"{part}/") for name in differing if name.startswith(f"{part}/")]


def _told(host: str, before: Inputs, now: Inputs) -> str:
    name = f"host/{host}"
    if name not in before:
        return f"{host} is new"
    return f"{host} changed" if name in now else f"{host} is gone"


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = [f"{len(every) - SHOWN} more"] if len(every) > SHOWN else []
    return ", ".join([*every[:SHOWN], *more])


def _neighbour(host: HostEntry) -> list[Any]:
    return [host.address, "role_control" in host.groups]


def _word(variable: str) -> str:
    return variable.removeprefix(PREFIX)


def _short(value: Any) -> str:
    return _digest(value)[:SHORT]


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
