"""What the member was promised: quota in full, guaranteed share, burst."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from orchestrator.model.amount import amount_text
from orchestrator.model.capacity import MIB, Resource
from orchestrator.model.quota_size import TIER_PREFIX, tenant_quota
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant
from orchestrator.reporting.member_sheet.markdown import section, table

_UNLIMITED: Final = -1


def promises(specs: Specs, tenant: Tenant) -> Iterator[str]:
    request = tenant.quota
    times = f" x {request.multiplier:g}" if request.multiplier != 1 else ""
    quota = tenant_quota(specs.catalogue, request)
    rows = [(_word(name), _said(name, value)) for name, value in quota.items()]
    rows += [(f"quota of project {project.name}", _named(project.quota)) for project in tenant.projects]
    size = f"Size `{request.size}`{times}; nothing beyond this can be made."
    yield from section("Quota", [size], table(("What", "At most"), rows, right=1))
    yield from section("Guaranteed share and burst", _shares(tenant))


def _shares(tenant: Tenant) -> list[str]:
    share, burst = tenant.guarantee, tenant.burst
    rows = [
        ("virtual cores", share.vcpus, burst.vcpus),
        ("memory", _memory(share.memory_mib), _memory(burst.memory_mib)),
        *((f"storage {tier}", f"{size} GiB", "") for tier, size in share.storage_gib.items()),
    ]
    lost = "no loss" if share.survives == "none" else f"the loss of any one {share.survives.value}"
    heading = ("What", "Always", "Besides, while it is free")
    return [*table(heading, rows, right=2), "", f"The guaranteed share outlives {lost}."]


def _word(name: str) -> str:
    if name.startswith(TIER_PREFIX):
        return f"storageGiB {name.removeprefix(TIER_PREFIX)}"
    return name.removesuffix("MiB")


def _said(name: str, value: int) -> object:
    if value == _UNLIMITED:
        return "unlimited"
    return _memory(value) if name == "memoryMiB" else value


def _named(quota: Mapping[str, int]) -> str:
    return ", ".join(f"{_word(name)} {_said(name, value)}" for name, value in quota.items())


def _memory(mib: int) -> str:
    return amount_text(Resource.MEMORY, mib * MIB)
