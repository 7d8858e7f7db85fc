"""All secrets of a region's hosts, completed for the hosts that there are: what is known stays as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from orchestrator.adapters.hosts_ansible.authority import Certified, chain_of, issued, new_authority, still_good
from orchestrator.adapters.hosts_ansible.brought import NOTHING_BROUGHT, Brought
from orchestrator.adapters.hosts_ansible.passwords import (
    CREDENTIAL_KEYS,
    FERNET_KEYS,
    completed_passwords,
    fernet_keys,
)
from orchestrator.model.host_inventory import HostEntry, HostInventory

Secrets = Mapping[str, Any]
"""`passwords` by name, `authority` (PEM: what is trusted), `authority_chain` (PEM: what signs, and those between both),
`authority_key`, `authority_brought`, `certificates` by host, `fernet`, `credential`, `ceph` (key by back end)."""


def completed(
    known: Secrets, inventory: HostInventory, now: dt.datetime, also: Brought = NOTHING_BROUGHT
) -> dict[str, Any]:
    """The same where nothing was missing, had ended or goes by another name now. `also`: wins over what is known.

    Certificates of hosts that left are forgotten: a host that comes back gets a new one.
    """
    authority = also.authority or _authority(known, inventory.region, now)
    return {
        "passwords": completed_passwords(known.get("passwords", {})),
        "authority": chain_of(authority.certificate)[-1],
        "authority_chain": authority.certificate,
        "authority_key": authority.key,
        "authority_brought": also.authority is not None or known.get("authority_brought", False),
        "certificates": {host.name: _certificate(known, authority, inventory, host, now) for host in inventory.hosts},
        "fernet": known.get("fernet") or fernet_keys(FERNET_KEYS),
        "credential": known.get("credential") or fernet_keys(CREDENTIAL_KEYS),
        "ceph": {**known.get("ceph", {}), **also.ceph},
    }


def keeps_certificate(known: Secrets, inventory: HostInventory, host: HostEntry, now: dt.datetime) -> bool:
    """Whether a host's certificate is good as it is."""
    has = known.get("certificates", {}).get(host.name)
    if not has or "authority_key" not in known:
        return False
    authority = Certified(certificate=known["authority_chain"], key=known["authority_key"])
    return still_good(has["certificate"], authority, host.name, _names(inventory, host), now)


def _authority(known: Secrets, region: str, now: dt.datetime) -> Certified:
    if "authority_key" in known:
        return Certified(certificate=known["authority_chain"], key=known["authority_key"])
    return new_authority(region, now)


def _certificate(
    known: Secrets, authority: Certified, inventory: HostInventory, host: HostEntry, now: dt.datetime
) -> dict[str, str]:
    has: Mapping[str, str] = known.get("certificates", {}).get(host.name, {})
    also = _names(inventory, host)
    if has and still_good(has["certificate"], authority, host.name, also, now):
        return dict(has)
    made = issued(authority, host.name, also, now)
    between = chain_of(authority.certificate)[:-1]  # servers send it along; what is trusted need not be sent
    return {"certificate": "".join((made.certificate, *between)), "key": made.key}


def _names(inventory: HostInventory, host: HostEntry) -> tuple[str, ...]:
    """A control host answers for the region too."""
    if "role_control" not in host.groups:
        return (host.address,)
    return (host.address, inventory.variables["mutualis_control_name"], inventory.variables["mutualis_control_address"])
