"""What of a tenant is reachable from outside: its security rules as one list, and its servers with an address there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orchestrator.model.catalogue import SecurityPreset, SecurityRule
from orchestrator.model.finding import Path
from orchestrator.model.tenant import SecurityGroup, Tenant


def rules_of(group: SecurityGroup, presets: Mapping[str, SecurityPreset]) -> Iterator[tuple[Path, SecurityRule]]:
    """(path below the group of what a person would change, rule): presets' rules, then its own."""
    for index, name in enumerate(group.presets):
        for rule in presets[name].rules:
            yield ("presets", index), rule
    for index, rule in enumerate(group.rules):
        yield ("rules", index, "peer"), rule


def published(tenant: Tenant) -> frozenset[str]:
    """The servers that have an address outside, and the pools of which one has."""
    servers = {address.server for address in tenant.floating_ips}
    pools = tenant.desktop_pools if servers else ()
    return frozenset({*servers, *(pool.name for pool in pools if servers & {one.name for one in pool.servers})})
