"""The Region spec's section on installation to the model."""

from __future__ import annotations

from ipaddress import IPv4Address

from orchestrator.model.installation import (
    Administrator,
    Authority,
    ControlBackups,
    ControlPlane,
    Installation,
    Packages,
    Rolling,
    RollingServers,
    SshLogin,
    Virtualisation,
    VolumeBackend,
    VolumeDriver,
)
from orchestrator.spec.decode.values import Raw


def installation(raw: Raw) -> Installation:
    plane = raw["controlPlane"]
    return Installation(
        control_plane=ControlPlane(
            name=plane["name"], address=IPv4Address(plane["address"]), processes=plane.get("processes", 2)
        ),
        region_name=raw.get("regionName", "RegionOne"),
        ssh=SshLogin(**raw.get("ssh", {})),
        administrators=tuple(_administrator(one) for one in raw.get("administrators", ())),
        packages=_packages(raw.get("packages", {})),
        time_servers=tuple(raw.get("timeServers", ())),
        timezone=raw.get("timezone", "Etc/UTC"),
        locale=raw.get("locale", "C.UTF-8"),
        virtualisation=Virtualisation(raw.get("virtualisation", Virtualisation.KVM)),
        volume_backends=tuple(_backend(one) for one in raw.get("volumeBackends", ())),
        rolling=_rolling(raw.get("rolling", {})),
        authority=Authority(raw.get("certificateAuthority", Authority.OWN)),
        backups=_backups(raw["backups"]) if "backups" in raw else None,
    )


def _administrator(raw: Raw) -> Administrator:
    return Administrator(name=raw["name"], ssh_keys=tuple(key.rstrip("\n") for key in raw["sshKeys"]))


def _packages(raw: Raw) -> Packages:
    return Packages(
        mirror=raw.get("mirror", ""), security_mirror=raw.get("securityMirror", ""), proxy=raw.get("proxy", "")
    )


def _backend(raw: Raw) -> VolumeBackend:
    return VolumeBackend(
        name=raw["name"],
        driver=VolumeDriver(raw["driver"]),
        volume_group=raw.get("volumeGroup", ""),
        pool=raw.get("pool", ""),
        user=raw.get("user", ""),
        monitors=tuple(IPv4Address(one) for one in raw.get("monitors", ())),
    )


def _rolling(raw: Raw) -> Rolling:
    return Rolling(
        compute_at_once=raw.get("computeAtOnce", 1),
        stop_after=raw.get("stopAfter", 1),
        servers=RollingServers(raw.get("servers", RollingServers.LEAVE)),
    )


def _backups(raw: Raw) -> ControlBackups:
    return ControlBackups(
        target=raw["target"],
        country=raw["country"],
        recipients=tuple(raw["recipients"]),
        hour=raw.get("hour", 2),
        keep_days=raw.get("keepDays", 30),
    )
