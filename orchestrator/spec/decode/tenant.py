"""The Tenant spec to the model: who the member is, what it may use, who may enter."""

from __future__ import annotations

import datetime as dt

from orchestrator.model.sensitivity import Sensitivity
from orchestrator.model.tenant import (
    Agreement,
    Budget,
    Burst,
    Contacts,
    Guarantee,
    Member,
    PersonalData,
    Project,
    QuotaRequest,
    Survives,
    Tenant,
    TenantState,
)
from orchestrator.spec.decode import storage, workload
from orchestrator.spec.decode.access import access
from orchestrator.spec.decode.values import Raw, day, frozen, mib, quota


def tenant(name: str, spec: Raw) -> Tenant:
    """Decode a Tenant. An object that names no project lives in the tenant's main one."""
    return Tenant(
        name=name,
        display_name=spec.get("displayName", name),
        member=_member(spec["member"]),
        agreement=_agreement(spec["agreement"]),
        contacts=_contacts(spec["contacts"]),
        sensitivity=Sensitivity(spec["sensitivity"]),
        site=spec["site"],
        quota=_quota(spec["quota"]),
        personal_data=_personal_data(spec.get("personalData")),
        guarantee=_guarantee(spec.get("guarantee", {})),
        burst=_burst(spec.get("burst", {})),
        budget=Budget(per_year=float(spec["budget"]["perYear"])) if "budget" in spec else None,
        projects=tuple(_project(raw) for raw in spec.get("projects", ())),
        access=access(spec.get("access", {})),
        networks=tuple(workload.network(raw, name) for raw in spec.get("networks", ())),
        shared_networks=tuple(workload.shared_network(raw, name) for raw in spec.get("sharedNetworks", ())),
        security_groups=tuple(workload.security_group(raw, name) for raw in spec.get("securityGroups", ())),
        server_groups=tuple(workload.server_group(raw, name) for raw in spec.get("serverGroups", ())),
        servers=tuple(workload.server(raw, name) for raw in spec.get("servers", ())),
        desktop_pools=tuple(workload.desktop_pool(raw, name) for raw in spec.get("desktopPools", ())),
        volumes=tuple(workload.volume(raw, name) for raw in spec.get("volumes", ())),
        object_containers=tuple(storage.object_container(raw, name) for raw in spec.get("objectContainers", ())),
        shared_containers=tuple(storage.shared_container(raw, name) for raw in spec.get("sharedContainers", ())),
        backups=tuple(storage.backup(raw) for raw in spec.get("backups", ())),
        floating_ips=tuple(workload.floating_ip(raw) for raw in spec.get("floatingIPs", ())),
        state=TenantState(spec.get("state", TenantState.ACTIVE)),
        retired_on=day(spec.get("retiredOn")),
        protect=spec.get("protect", False),
    )


def _member(raw: Raw) -> Member:
    return Member(name=raw["name"], siren=raw["siren"], kind=raw["kind"], population=raw["population"])


def _agreement(raw: Raw) -> Agreement:
    return Agreement(
        reference=raw["reference"],
        deliberation=raw["deliberation"],
        start=dt.date.fromisoformat(raw["start"]),
        notice_months=raw["noticeMonths"],
        end=day(raw.get("end")),
        notice_given=day(raw.get("noticeGiven")),
    )


def _contacts(raw: Raw) -> Contacts:
    return Contacts(technical=raw["technical"], dpo=raw.get("dpo", ""), rssi=raw.get("rssi", ""))


def _personal_data(raw: Raw | None) -> PersonalData | None:
    if not raw:
        return None
    return PersonalData(
        register_entry=raw["registerEntry"],
        purpose=raw["purpose"],
        retention_months=raw.get("retentionMonths"),
        data_subjects=raw.get("dataSubjects", ""),
    )


def _quota(raw: Raw) -> QuotaRequest:
    return QuotaRequest(
        size=raw["size"], multiplier=float(raw.get("multiplier", 1)), overrides=quota(raw.get("overrides", {}))
    )


def _guarantee(raw: Raw) -> Guarantee:
    return Guarantee(
        vcpus=raw.get("vcpus", 0),
        memory_mib=mib(raw.get("memoryGiB", 0)),
        storage_gib=frozen(raw.get("storageGiB", {})),
        survives=Survives(raw.get("survives", Survives.HOST)),
    )


def _burst(raw: Raw) -> Burst:
    return Burst(vcpus=raw.get("vcpus", 0), memory_mib=mib(raw.get("memoryGiB", 0)))


def _project(raw: Raw) -> Project:
    return Project(name=raw["name"], description=raw.get("description", ""), quota=quota(raw["quota"]))
