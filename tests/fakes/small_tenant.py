"""A tenant and a catalogue of the smallest size, for arithmetic."""

from __future__ import annotations

import datetime as dt
from typing import Any

from orchestrator.model.catalogue import Catalogue, Flavor, QuotaSize, Tariff, VolumeTier
from orchestrator.model.sensitivity import Sensitivity
from orchestrator.model.tenant import Agreement, Contacts, Member, QuotaRequest, Tenant

TARIFFS = (
    Tariff(valid_from=dt.date(2025, 1, 1), per_vcpu=66, per_memory_gib=31, per_storage_gib={"ssd": 1}),
    Tariff(valid_from=dt.date(2026, 1, 1), per_vcpu=60, per_memory_gib=30, per_storage_gib={"ssd": 0.1}),
)
SIZE = QuotaSize(name="small", values={"vcpus": 8, "memoryMiB": 8192, "storageGiB:ssd": 20})
CATALOGUE = Catalogue(
    name="c",
    flavors={"small": Flavor(name="small", vcpus=1, memory_mib=512, disk_gib=10)},
    images={},
    tiers={"ssd": VolumeTier(name="ssd", backend="ssd")},
    quota_sizes={"small": SIZE},
    presets={},
    tariffs=TARIFFS,
)


def small_tenant(**parts: Any) -> Tenant:
    """A commune named `m` with what is asked for."""
    return Tenant(
        **{
            "name": "m",
            "display_name": "m",
            "member": Member(name="m", siren="000000026", kind="commune", population=1),
            "agreement": Agreement(reference="r", deliberation="d", start=dt.date(2025, 1, 1), notice_months=6),
            "contacts": Contacts(technical="si@m.example"),
            "sensitivity": Sensitivity.INTERNAL,
            "site": "s",
            "quota": QuotaRequest(size="small"),
            **parts,
        }
    )
