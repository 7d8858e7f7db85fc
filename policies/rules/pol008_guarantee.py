"""POL008: what is guaranteed to a tenant, and what it may use beyond, it may also use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orchestrator.model.finding import Path, Severity
from orchestrator.model.quota_size import tenant_quota, tier_name
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.tenant import Tenant
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        quota = tenant_quota(subject.specs.catalogue, tenant.quota)
        for path, name, guaranteed, unit in _shares(tenant):
            if guaranteed > quota[name]:
                message = f"{guaranteed} {unit} guaranteed, but the quota is {quota[name]}"
                yield Violation(object=tenant_ref(tenant), path=("spec", "guarantee", *path), message=message)
        yield from _bursts(tenant, quota)


def _bursts(tenant: Tenant, quota: Mapping[str, int]) -> Iterator[Violation]:
    """Told where the share itself is within the quota and the burst is what goes beyond."""
    share, burst = tenant.guarantee, tenant.burst
    for path, name, guaranteed, more, unit in (
        ("vcpus", "vcpus", share.vcpus, burst.vcpus, "virtual cores"),
        ("memoryGiB", "memoryMiB", share.memory_mib, burst.memory_mib, "MiB of memory"),
    ):
        if guaranteed <= quota[name] < guaranteed + more:
            message = f"{guaranteed} guaranteed and {more} {unit} of burst make {guaranteed + more}, but the quota is "
            yield Violation(object=tenant_ref(tenant), path=("spec", "burst", path), message=f"{message}{quota[name]}")


def _shares(tenant: Tenant) -> Iterator[tuple[Path, str, int, str]]:
    """(path below `guarantee`, quota name, guaranteed value, what it counts)."""
    share = tenant.guarantee
    yield ("vcpus",), "vcpus", share.vcpus, "virtual cores"
    yield ("memoryGiB",), "memoryMiB", share.memory_mib, "MiB of memory"
    for tier, size in share.storage_gib.items():
        yield ("storageGiB", tier), tier_name(tier), size, f"GiB of tier '{tier}'"
    yield ("storageGiB",), "storageGiB", sum(share.storage_gib.values()), "GiB of all tiers"


RULE = Rule(
    code="POL008",
    name="guarantee",
    severity=Severity.ERROR,
    summary="A tenant's guaranteed share, and its burst on top, are within its quota.",
    hint="raise the quota, or lower guarantee or burst",
    reference="capacity layers, docs/words.md",
    check=_check,
)
