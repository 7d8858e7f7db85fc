"""The Region spec to the model."""

from __future__ import annotations

import datetime as dt
from ipaddress import IPv4Address, IPv4Network

from orchestrator.model.draining import ColdMoves, Draining
from orchestrator.model.region import (
    ApprovalRule,
    ChangeKind,
    Deletion,
    Engine,
    ExternalNetwork,
    FailureDomain,
    FreezeWindow,
    Naming,
    Operator,
    Overcommit,
    Region,
    Reserve,
    VolumeZones,
)
from orchestrator.spec.decode.installation import installation
from orchestrator.spec.decode.values import Raw


def region(name: str, spec: Raw) -> Region:
    """Decode a Region."""
    allowed = tuple(spec["residency"]["allowedCountries"])
    return Region(
        name=name,
        operator=Operator(name=spec["operator"]["name"], siren=spec["operator"]["siren"]),
        allowed_countries=allowed,
        external_networks=tuple(_external(raw) for raw in spec["externalNetworks"]),
        cloud=spec["cloud"],
        engine=Engine(spec.get("engine", Engine.EMBEDDED)),
        state_backend=spec.get("stateBackend", ""),
        currency=spec.get("currency", "EUR"),
        overcommit=_overcommit(spec.get("overcommit", {})),
        reserve=_reserve(spec.get("reserve", {})),
        deletion=_deletion(spec.get("deletion", {})),
        draining=_draining(spec.get("draining", {})),
        freeze_windows=tuple(_freeze(raw) for raw in spec.get("freezeWindows", ())),
        approvals=tuple(_approval(raw) for raw in spec.get("approvals", ())),
        image_countries=tuple(spec["residency"].get("imageCountries", allowed)),
        naming=Naming(**spec.get("naming", {})),
        installation=installation(spec["installation"]) if "installation" in spec else None,
        volume_zones=_volume_zones(spec),
    )


def _volume_zones(spec: Raw) -> VolumeZones:
    """Hosts that are installed by their specs have back ends in the zones of their sites."""
    return VolumeZones(spec.get("volumeZones", VolumeZones.SITES if "installation" in spec else VolumeZones.NONE))


def _external(raw: Raw) -> ExternalNetwork:
    return ExternalNetwork(
        name=raw["name"],
        physical_network=raw["physicalNetwork"],
        cidr=IPv4Network(raw["cidr"]),
        gateway=IPv4Address(raw["gateway"]),
        first=IPv4Address(raw["first"]),
        last=IPv4Address(raw["last"]),
        vlan=raw.get("vlan"),
    )


def _overcommit(raw: Raw) -> Overcommit:
    return Overcommit(
        vcpu=float(raw.get("vcpu", 1)), memory=float(raw.get("memory", 1)), storage=float(raw.get("storage", 1))
    )


def _reserve(raw: Raw) -> Reserve:
    return Reserve(
        failure_domain=FailureDomain(raw.get("failureDomain", FailureDomain.HOST)),
        hosts=raw.get("hosts", 0),
        free_percent=float(raw.get("freePercent", 0)),
    )


def _deletion(raw: Raw) -> Deletion:
    return Deletion(budget=raw.get("budget", 0), quarantine_days=raw.get("quarantineDays", 0))


def _draining(raw: Raw) -> Draining:
    return Draining(
        servers_at_once=raw.get("serversAtOnce", 2),
        server_minutes=raw.get("serverMinutes", 30),
        cold_moves=ColdMoves(raw.get("coldMoves", ColdMoves.STOPPED)),
    )


def _approval(raw: Raw) -> ApprovalRule:
    return ApprovalRule(change=ChangeKind(raw["for"]), roles=tuple(raw["roles"]))


def _freeze(raw: Raw) -> FreezeWindow:
    return FreezeWindow(
        start=dt.date.fromisoformat(raw["start"]), end=dt.date.fromisoformat(raw["end"]), reason=raw["reason"]
    )
