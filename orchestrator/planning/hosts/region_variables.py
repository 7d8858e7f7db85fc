"""What all hosts of a region are told alike. Nothing secret: passwords are made by the set-up and kept encrypted."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from orchestrator.model.host_inventory import Variables
from orchestrator.model.installation import ControlBackups, Installation, VolumeBackend, VolumeDriver
from orchestrator.model.specs import Specs


def region_variables(specs: Specs, installation: Installation) -> Variables:
    plane, region = installation.control_plane, specs.region
    return {
        "mutualis_region": region.name,
        "mutualis_region_name": installation.region_name,
        "mutualis_cloud": region.cloud,
        "mutualis_control_name": plane.name,
        "mutualis_control_address": str(plane.address),
        "mutualis_api_processes": plane.processes,
        "mutualis_administrators": [
            {"name": one.name, "ssh_keys": list(one.ssh_keys)} for one in installation.administrators
        ],
        "mutualis_packages": {
            "mirror": installation.packages.mirror,
            "security_mirror": installation.packages.security_mirror,
            "proxy": installation.packages.proxy,
        },
        "mutualis_time_servers": list(installation.time_servers),
        "mutualis_timezone": installation.timezone,
        "mutualis_locale": installation.locale,
        "mutualis_virtualisation": installation.virtualisation.value,
        "mutualis_overcommit": asdict(region.overcommit),
        "mutualis_external_networks": [
            {"name": one.name, "physical_network": one.physical_network, "vlan": one.vlan}
            for one in region.external_networks
        ],
        "mutualis_served_backends": _served(specs, installation),
        "mutualis_certificate_authority": installation.authority.value,
        "mutualis_control_backups": _backups(installation.backups),
    }


def _served(specs: Specs, installation: Installation) -> list[dict[str, Any]]:
    """Every back end of every site that offers it; the site is its availability zone."""
    known = {backend.name: backend for backend in installation.volume_backends}
    return [
        _backend(known[pool.backend], site.name, pool.capacity_gib)
        for _, site in sorted(specs.sites.items())
        for pool in site.storage
        if pool.backend in known
    ]


def _backend(backend: VolumeBackend, zone: str, capacity_gib: int) -> dict[str, Any]:
    """Real ones say themselves how much they hold."""
    written: dict[str, Any] = {
        "name": backend.name,
        "zone": zone,
        "driver": backend.driver.value,
        "volume_group": backend.volume_group,
        "pool": backend.pool,
        "user": backend.user,
        "monitors": [str(one) for one in backend.monitors],
        "capacity_gib": capacity_gib if backend.driver is VolumeDriver.FAKE else 0,
    }
    return {name: value for name, value in written.items() if value}


def _backups(backups: ControlBackups | None) -> dict[str, Any]:
    """Empty: none are made."""
    if backups is None:
        return {}
    return {
        "target": backups.target,
        "recipients": list(backups.recipients),
        "hour": backups.hour,
        "keep_days": backups.keep_days,
    }
