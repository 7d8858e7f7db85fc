"""A project's environment looked through before the first resource: a name that leads nowhere is a mistake of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orchestrator.errors import Bug
from orchestrator.model.environment import ProjectEnvironment

Reference = tuple[str, str, str]  # who refers, to what kind, by which name


def check(environment: ProjectEnvironment, keys: frozenset[str]) -> None:
    """Raises Bug that names every reference to nothing. `keys`: names of the tenant's SSH keys."""
    own = {one.name for one in environment.networks}
    known = {
        "network": own | {one.name for one in environment.shared_networks},
        "own network": own,
        "security group": {one.name for one in environment.security_groups},
        "server group": {one.name for one in environment.server_groups},
        "server": {one.server.name for one in environment.servers},
        "key": set(keys),
    }
    dangling = [f"{who} -> {kind} {name}" for who, kind, name in _references(environment) if name not in known[kind]]
    if dangling:
        raise Bug(f"project {environment.name} refers to what it does not have: {', '.join(dangling)}")


def _references(environment: ProjectEnvironment) -> Iterator[Reference]:
    yield from _of_servers(environment)
    for volume in (one.volume for one in environment.volumes):
        yield from _named(f"volume {volume.name}", "server", [volume.attach_to])
    for address in environment.floating_ips:
        yield from _named(f"floating IP {address.name}", "server", [address.server])
        yield from _named(f"floating IP {address.name}", "own network", [address.network])
    for group in environment.security_groups:
        yield from _named(f"security group {group.name}", "security group", (rule.group for rule in group.rules))


def _of_servers(environment: ProjectEnvironment) -> Iterator[Reference]:
    for server in (one.server for one in environment.servers):
        who = f"server {server.name}"
        yield from _named(who, "network", (attached.network for attached in server.networks))
        yield from _named(who, "security group", server.security_groups)
        yield from _named(who, "server group", [server.group])
        yield from _named(who, "key", [server.ssh_key])


def _named(who: str, kind: str, names: Iterable[str]) -> Iterator[Reference]:
    return ((who, kind, name) for name in names if name)
