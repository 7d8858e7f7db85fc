"""The Tenant spec to the model: who the member is, what it may use, who may enter."""

from __future__ import annotations

import datetime as dt

from orchestrator.model.tenant import (
    Access,
    Agreement,
    Contacts,
    Grant,
    Guarantee,
    Member,
    PersonalData,
    Project,
    QuotaRequest,
    Sensitivity,
    SshKey,
    Tenant,
    TenantState,
)
from orchestrator.spec.decode import workload
from orchestrator.spec.decode.values import Raw, frozen, mib, quota


def tenant(name: str, spec: Raw) -> Tenant:
    """Decode a Tenant. An object that names no project lives in the tenant's main one."""
    retired = spec.get("retiredOn")
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
        projects=tuple(_project(raw) for raw in spec.get("projects", ())),
        access=_access(spec.get("access", {})),
        networks=tuple(workload.network(raw, name) for raw in spec.get("networks", ())),
        security_groups=tuple(workload.security_group(raw, name) for raw in spec.get("securityGroups", ())),
        server_groups=tuple(workload.server_group(raw, name) for raw in spec.get("serverGroups", ())),
        servers=tuple(workload.server(raw, name) for raw in spec.get("servers", ())),
        volumes=tuple(workload.volume(raw, name) for raw in spec.get("volumes", ())),
        floating_ips=tuple(workload.floating_ip(raw) for raw in spec.get("floatingIPs", ())),
        state=TenantState(spec.get("state", TenantState.ACTIVE)),
        retired_on=dt.date.fromisoformat(retired) if retired else None,
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
    )


def _contacts(raw: Raw) -> Contacts:
    return Contacts(technical=raw["technical"], dpo=raw.get("dpo", ""), rssi=raw.get("rssi", ""))


def _personal_data(raw: Raw | None) -> PersonalData | None:
    return PersonalData(register_entry=raw["registerEntry"], purpose=raw["purpose"]) if raw else None


def _quota(raw: Raw) -> QuotaRequest:
    return QuotaRequest(
        size=raw["size"], multiplier=float(raw.get("multiplier", 1)), overrides=quota(raw.get("overrides", {}))
    )


def _guarantee(raw: Raw) -> Guarantee:
    return Guarantee(
        vcpus=raw.get("vcpus", 0),
        memory_mib=mib(raw.get("memoryGiB", 0)),
        storage_gib=frozen(raw.get("storageGiB", {})),
    )


def _project(raw: Raw) -> Project:
    return Project(name=raw["name"], description=raw.get("description", ""), quota=quota(raw["quota"]))


def _access(raw: Raw) -> Access:
    return Access(
        groups=tuple(_grant(one) for one in raw.get("groups", ())),
        users=tuple(_grant(one) for one in raw.get("users", ())),
        ssh_keys=tuple(
            SshKey(name=one["name"], public_key=one["publicKey"].rstrip("\n")) for one in raw.get("sshKeys", ())
        ),
    )


def _grant(raw: Raw) -> Grant:
    return Grant(name=raw["name"], roles=tuple(raw["roles"]), projects=tuple(raw.get("projects", ())))
