"""POL005: a floating IP leads to a server that stands on a public network."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.region import Region
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.tenant import Exposure, FloatingIp, Tenant
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        for index, address in enumerate(tenant.floating_ips):
            if not _public(subject.specs.region, tenant, address):
                through = f" through '{address.external}'" if address.external else ""
                message = f"server '{address.server}' is on no public network{through}"
                path = ("spec", "floatingIPs", index, "server")
                yield Violation(object=tenant_ref(tenant), path=path, message=message)


def _public(region: Region, tenant: Tenant, address: FloatingIp) -> bool:
    networks = {network.name: network for network in tenant.networks}
    server = next(server for server in tenant.all_servers if server.name == address.server)
    for network in (networks[one.network] for one in server.networks if one.network in networks):  # not of others
        external = network.external or region.external_networks[0].name
        if network.exposure is Exposure.PUBLIC and address.external in {"", external}:
            return True
    return False


RULE = Rule(
    code="POL005",
    name="floating-ip",
    severity=Severity.ERROR,
    summary="A floating IP leads to a server on a public network, through the same external network.",
    hint="give one of the server's networks exposure: public, or remove the floating IP",
    reference="exposure of networks, docs/spec/reference.md",
    check=_check,
)
