"""A question's changes, carried out in thought one after another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from orchestrator.capacity.ground import Ground, ground
from orchestrator.capacity.hosts import declared_hosts
from orchestrator.capacity.what_if.change import domain, host_named, lose, more_hosts, retire
from orchestrator.capacity.what_if.question import Machines, Question
from orchestrator.errors import UsageError
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Specs

Names = Mapping[str, str]
"""File of the question -> name of the Host or Tenant in it."""


def changed(
    specs: Specs, snapshot: InventorySnapshot | None, asked: Question, names: Names
) -> tuple[Ground, tuple[str, ...]]:
    """The ground after the changes, and each change in words.

    `specs`: with what the files hold; a host of a file is no host of the region, only a pattern for machines. Losses
    come first, so that they are named as the region knows them. Raises UsageError for names that nothing bears.
    """
    for file in asked.tenants:
        if names[file] not in specs.tenants:
            raise UsageError(f"{file} holds no Tenant", hint="machines are added by --add host=FILE")
    patterns = {names[one.like] for one in asked.machines if one.from_file}
    own = replace(specs, hosts={name: host for name, host in specs.hosts.items() if name not in patterns})
    before = given = ground(own, snapshot)
    said: list[str] = []
    for loss in [domain(given, kind, name) for kind, name in asked.losses]:
        given = lose(given, loss)
        said.append(f"lose {loss.text}")
    for machines in asked.machines:
        given = _more(given, before, specs, machines, names)
        said.append(f"add {machines.count} x {names.get(machines.like, machines.like)}")
    for name in asked.retired:
        given = retire(given, name)
        said.append(f"retire tenant {name}")
    return given, (*said, *(f"add tenant {names[file]}" for file in asked.tenants))


def _more(given: Ground, before: Ground, specs: Specs, machines: Machines, names: Names) -> Ground:
    """`before`: has the hosts that were lost too; machines may be like one of them."""
    if not machines.from_file:
        return more_hosts(given, host_named(before, machines.like), machines.count)
    like = next((one for one in declared_hosts(specs) if one.name == names[machines.like]), None)
    if like is None:
        raise UsageError(f"{machines.like} is no compute host", hint="its roles must hold `compute`")
    return more_hosts(given, like, machines.count)
