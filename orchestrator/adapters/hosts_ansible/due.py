"""Hosts whose secrets must be made anew, whatever their specs say: none are known here, or a certificate ends soon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from orchestrator.adapters.hosts_ansible.region_secrets import Secrets, keeps_certificate
from orchestrator.model.host_inventory import HostInventory

UNKNOWN = "its secrets are not known here: it gets new ones"
ENDING = "its certificate ends, or names it otherwise: it gets a new one"


def due(known: Secrets, inventory: HostInventory, now: dt.datetime) -> Mapping[str, str]:
    """By host, why."""
    if not known:
        return {host.name: UNKNOWN for host in inventory.hosts}
    return {host.name: ENDING for host in inventory.hosts if not keeps_certificate(known, inventory, host, now)}
