"""POL014: what would be missed is backed up, as often and as safely as its class of data needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from orchestrator.model.backup import BackupTier
from orchestrator.model.finding import Path, Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.sensitivity import Sensitivity
from orchestrator.model.tenant import Tenant
from policies.rule import Rule, living, tenant_ref

EVERY_HOURS: Final = 24
"""A day's work may be lost at most."""
KEEP_DAYS: Final = 30
"""Longer than an intruder or a slow fault usually stays unseen at a body without a night watch."""
PROTECTED: Final = frozenset({Sensitivity.HEALTH})
"""Classes whose backups are encrypted and off-site besides."""
REQUIRED: Final = frozenset({Sensitivity.PERSONAL, *PROTECTED})


def _check(subject: Subject) -> Iterator[Violation]:
    catalogue = subject.specs.catalogue.backup_tiers
    for tenant in living(subject.specs):
        if tenant.sensitivity not in REQUIRED:
            continue
        tiers = _tiers(tenant)
        for path, what, name, site in _things(tenant):
            faults = [_fault(tenant.sensitivity, site, catalogue[tier]) for tier in tiers.get((what, name), ())]
            if all(faults):  # by nothing, or by nothing good enough
                fault = f"only {faults[0]}" if faults else "by nothing"
                message = f"{what} '{name}' of '{tenant.name}' ({tenant.sensitivity.value} data) is backed up {fault}"
                yield Violation(object=tenant_ref(tenant), path=path, message=message)


def _things(tenant: Tenant) -> Iterator[tuple[Path, str, str, str]]:
    """(path, what, name, site) of volumes, and of servers that have none: their data is on the root disk.

    Desktops keep none.
    """
    sites = {server.name: server.site or tenant.site for server in tenant.all_servers}
    attached = {volume.attach_to for volume in tenant.volumes}
    for index, server in enumerate(tenant.servers):
        if server.name not in attached:
            yield ("spec", "servers", index, "name"), "server", server.name, sites[server.name]
    for index, volume in enumerate(tenant.volumes):
        site = sites.get(volume.attach_to, tenant.site)
        yield ("spec", "volumes", index, "name"), "volume", volume.name, site


def _tiers(tenant: Tenant) -> Mapping[tuple[str, str], list[str]]:
    """(`server` or `volume`, name) -> the tiers that back it up, in written order."""
    tiers: dict[tuple[str, str], list[str]] = {}
    for backup in tenant.backups:
        servers = [server.name for server in tenant.servers] if backup.everything else backup.servers
        volumes = [volume.name for volume in tenant.volumes] if backup.everything else backup.volumes
        for thing in (*(("server", name) for name in servers), *(("volume", name) for name in volumes)):
            tiers.setdefault(thing, []).append(backup.tier)
    return tiers


def _fault(sensitivity: Sensitivity, site: str, tier: BackupTier) -> str:
    """Empty: good enough. A tier that calls itself off-site is not so for what stands at its target."""
    fault = ""
    if tier.every_hours > EVERY_HOURS:
        fault = f"every {tier.every_hours} hours (at most {EVERY_HOURS})"
    elif tier.keep_days < KEEP_DAYS:
        fault = f"for {tier.keep_days} days (at least {KEEP_DAYS})"
    elif sensitivity in PROTECTED and not tier.encrypted:
        fault = "without encryption"
    elif sensitivity in PROTECTED and not _off_site(site, tier):
        fault = "on the same site"
    return f"by tier '{tier.name}', {fault}" if fault else ""


def _off_site(site: str, tier: BackupTier) -> bool:
    """A location outside of the region always is."""
    return not tier.target.site or (tier.off_site and tier.target.site != site)


RULE = Rule(
    code="POL014",
    name="backup-required",
    severity=Severity.ERROR,
    summary=f"Personal data is backed up every {EVERY_HOURS} hours or oftener and kept for {KEEP_DAYS} days or longer; "
    "health data is so encrypted and off-site.",
    hint="name it in backups with a tier of the catalogue that does so, or write all: true",
    reference="GDPR, article 32(1)(c); CNIL, Guide de la sécurité des données personnelles (backups)",
    check=_check,
)
