"""POL010: what a tenant asks for fits into its own quota, so that nothing fails half-way in the API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orchestrator.model.finding import Severity
from orchestrator.model.quota_size import tenant_quota, tier_name
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        quota = tenant_quota(subject.specs.catalogue, tenant.quota)
        for name, asked in _asked(subject.specs, tenant).items():
            if asked > quota[name]:
                message = f"the specs ask for {asked} of {name}, but the quota is {quota[name]}"
                yield Violation(object=tenant_ref(tenant), path=("spec", "quota"), message=message)


def _asked(specs: Specs, tenant: Tenant) -> Mapping[str, int]:
    """By quota name (model/quota.py). Root volumes count as volumes."""
    flavors = [specs.catalogue.flavors[server.flavor] for server in tenant.servers]
    sizes = [(volume.tier, volume.size_gib) for volume in tenant.volumes]
    sizes += [(server.boot_volume.tier, server.boot_volume.size_gib) for server in tenant.servers if server.boot_volume]
    tiers = {tier_name(tier): sum(size for one, size in sizes if one == tier) for tier, _ in sizes}
    return {
        "servers": len(tenant.servers),
        "vcpus": sum(flavor.vcpus for flavor in flavors),
        "memoryMiB": sum(flavor.memory_mib for flavor in flavors),
        "volumes": len(sizes),
        "storageGiB": sum(size for _, size in sizes),
        **tiers,
        "networks": len(tenant.networks),
        "floatingIPs": len(tenant.floating_ips),
        "serverGroups": len(tenant.server_groups),
    }


RULE = Rule(
    code="POL010",
    name="within-quota",
    severity=Severity.ERROR,
    summary="What a tenant's spec asks for is within its quota.",
    hint="raise the quota, or ask for less",
    reference="capacity layers, docs/words.md",
    check=_check,
)
