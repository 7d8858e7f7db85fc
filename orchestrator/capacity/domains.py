"""What fails at once: hosts, racks, power feeds, sites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from orchestrator.capacity.hosts import HostSupply
from orchestrator.model.fit import Domain
from orchestrator.model.region import FailureDomain


def domains(hosts: Iterable[HostSupply], kind: FailureDomain) -> tuple[Domain, ...]:
    """Every domain of a kind with its hosts in use, sorted by name. A host whose rack nobody knows is in no rack."""
    members: dict[tuple[str, str], set[str]] = {}
    for host in hosts:
        if host.usable and (name := NAMES[kind](host)):
            members.setdefault((host.site, name), set()).add(host.name)
    return tuple(
        Domain(kind=kind, name=name, site=site, hosts=frozenset(names))
        for (site, name), names in sorted(members.items())
    )


def joined(parts: Sequence[HostSupply]) -> Domain:
    """Several hosts of one site lost together."""
    return Domain(
        kind=FailureDomain.HOST,
        name="+".join(sorted(host.name for host in parts)),
        site=parts[0].site,
        hosts=frozenset(host.name for host in parts),
    )


def without(hosts: Iterable[HostSupply], lost: frozenset[str]) -> tuple[HostSupply, ...]:
    return tuple(host for host in hosts if host.name not in lost)


def _rack(host: HostSupply) -> str:
    return f"{host.site}/{host.rack}" if host.rack else ""


def _only_feed(host: HostSupply) -> str:
    """The feed that takes the host with it: a host on two feeds goes on."""
    return f"{_rack(host)}/{host.feeds[0]}" if len(host.feeds) == 1 else ""


NAMES: Final[Mapping[FailureDomain, Callable[[HostSupply], str]]] = {
    FailureDomain.HOST: lambda host: host.name,
    FailureDomain.RACK: _rack,
    FailureDomain.FEED: _only_feed,
    FailureDomain.SITE: lambda host: host.site,
}
