"""The hosts that specs, ledger or the running cloud know, side by side."""

from __future__ import annotations

from orchestrator.model.plan import host_step
from orchestrator.model.specs import Specs
from orchestrator.ports import HostServices, Ledger
from orchestrator.reporting.hosts import HostLine


def written_hosts(specs: Specs, ledger: Ledger) -> tuple[HostLine, ...]:
    """By name, without the cloud."""
    entries = ledger.read()

    def applied(host: str) -> str:
        entry = entries.get(host_step(host))
        return entry.applied_at if entry else ""

    return tuple(HostLine(name=name, spec=specs.hosts[name], applied_at=applied(name)) for name in sorted(specs.hosts))


def running_hosts(specs: Specs, ledger: Ledger, cloud: HostServices) -> tuple[HostLine, ...]:
    """The same with what the cloud says of them, and those that only the cloud knows."""
    services, servers = cloud.services(), cloud.counts()
    written = {line.name: line for line in written_hosts(specs, ledger)}
    names = sorted({*written, *(one.host for one in services)})
    return tuple(
        HostLine(
            name=name,
            spec=specs.hosts.get(name),
            applied_at=written[name].applied_at if name in written else "",
            services=tuple(one for one in services if one.host == name),
            servers=servers.get(name, 0),
        )
        for name in names
    )
