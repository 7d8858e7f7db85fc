"""POL030: names follow the region's patterns, so that people on call know what they see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from orchestrator.model.finding import Path, Severity
from orchestrator.model.name_pattern import matches
from orchestrator.model.region import Naming
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.tenant import Tenant
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    naming = subject.specs.region.naming
    if naming == Naming():
        return
    for tenant in living(subject.specs):
        for path, what, name, pattern in _names(tenant, naming):
            if not matches(pattern, name, tenant=tenant.name):
                message = f"{what} '{name}' does not have the form '{pattern}'"
                yield Violation(object=tenant_ref(tenant), path=path, message=message)


def _names(tenant: Tenant, naming: Naming) -> Iterator[tuple[Path, str, str, str]]:
    """(path, what it is, name, pattern). Of a pool its first server's name is judged: all are alike."""
    yield ("metadata", "name"), "tenant", tenant.name, naming.tenants
    for index, server in enumerate(tenant.servers):
        yield ("spec", "servers", index, "name"), "server", server.name, naming.servers
    for index, pool in enumerate(tenant.desktop_pools):
        for one in replace(pool, count=1).servers:
            yield ("spec", "desktopPools", index, "name"), "server", one.name, naming.servers
    for index, volume in enumerate(tenant.volumes):
        yield ("spec", "volumes", index, "name"), "volume", volume.name, naming.volumes
    for index, network in enumerate(tenant.networks):
        yield ("spec", "networks", index, "name"), "network", network.name, naming.networks


RULE = Rule(
    code="POL030",
    name="naming",
    severity=Severity.ERROR,
    summary="Names of tenants, servers, volumes and networks have the forms that the region's naming gives.",
    hint="choose another name; displayName may be anything",
    reference="naming of the Region, docs/spec/reference.md",
    check=_check,
)
