"""POL003: the networks that meet at a tenant do not overlap, so that its servers can always be told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network

from orchestrator.model.finding import Path, Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Exposure, Tenant
from policies.rule import Rule, living, tenant_ref

Known = tuple[Path, str, IPv4Network]
"""Where it is written, how it is called in a message, its addresses."""


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        met = [*_own(tenant), *_shared(subject.specs, tenant)]
        for (_, other, taken), (path, name, addresses) in _overlaps(met):
            message = f"{name} ({addresses}) overlaps {other} ({taken})"
            yield Violation(object=tenant_ref(tenant), path=path, message=message)
        yield from _outside(subject.specs, tenant)


def _own(tenant: Tenant) -> Iterator[Known]:
    for index, network in enumerate(tenant.networks):
        yield ("spec", "networks", index, "cidr"), f"network '{network.name}'", network.cidr


def _shared(specs: Specs, tenant: Tenant) -> Iterator[Known]:
    """Other members' networks on which the tenant may put servers."""
    for index, shared in enumerate(tenant.shared_networks):
        for network in specs.tenants[shared.tenant].networks:
            if network.name == shared.network:
                name = f"network '{network.name}' of '{shared.tenant}'"
                yield ("spec", "sharedNetworks", index, "network"), name, network.cidr


def _overlaps(met: Sequence[Known]) -> Iterator[tuple[Known, Known]]:
    """(earlier, later): by first address, so that a thousand networks are looked at once each."""
    order = sorted(range(len(met)), key=lambda index: (met[index][2].network_address, index))
    widest: int | None = None
    for index in order:
        if widest is not None and met[index][2].network_address <= met[widest][2].broadcast_address:
            first, second = sorted((widest, index))
            yield met[first], met[second]
        if widest is None or met[index][2].broadcast_address > met[widest][2].broadcast_address:
            widest = index


def _outside(specs: Specs, tenant: Tenant) -> Iterator[Violation]:
    """A router between two networks of the same addresses reaches neither."""
    external = {network.name: network for network in specs.region.external_networks}
    default = specs.region.external_networks[0].name
    for index, network in enumerate(tenant.networks):
        beyond = external[network.external or default]
        if network.exposure is not Exposure.ISOLATED and network.cidr.overlaps(beyond.cidr):
            yield Violation(
                object=tenant_ref(tenant),
                path=("spec", "networks", index, "cidr"),
                message=f"network '{network.name}' ({network.cidr}) overlaps external network '{beyond.name}' "
                f"({beyond.cidr}), to which it is routed",
            )


RULE = Rule(
    code="POL003",
    name="addresses-overlap",
    severity=Severity.ERROR,
    summary="The networks of a tenant overlap neither each other, nor those that others share with it, nor the "
    "external network to which they are routed.",
    hint="give one of them other addresses",
    reference="Neutron: the subnets of a router do not overlap",
    check=_check,
)
