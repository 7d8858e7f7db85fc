"""What each part of a spec is used for. A test holds every section to have an entry, and every field to be used.

The nearest entry above a field counts: `tenant.spec.quota` is also said of `tenant.spec.quota.size`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from orchestrator.spec import schemas

USES: Final[Mapping[str, str]] = {
    "metadata.name": "identity in references, plans, ledgers, metrics; renaming is deleting and making anew",
    "metadata.labels": "for people; nothing depends on it",
    "region.spec.operator": "document: the member's sheet (mutualis describe)",
    "region.spec.residency": "policy: where sites, backups and publishers of images may be",
    "region.spec.cloud": "adapters: which entry of clouds.yaml every command talks to",
    "region.spec.engine": "adapters: which engine carries out the programs",
    "region.spec.stateBackend": "adapters: where the engine keeps its state",
    "region.spec.currency": "policy and documents: prices and budgets",
    "region.spec.overcommit": "capacity: what is allocatable out of what is there",
    "region.spec.reserve": "capacity: what is kept free for a loss",
    "region.spec.deletion": "planning: the deletion budget and the quarantine of a run",
    "region.spec.draining": "apply: how servers leave a host that goes into maintenance",
    "region.spec.freezeWindows": "planning: days on which apply refuses",
    "region.spec.approvals": "plan, review and apply: who must have approved a change before it is applied",
    "region.spec.naming": "policy: names of tenants, servers, volumes, networks",
    "region.spec.externalNetworks": "stack: networks to the outside; capacity: floating IPs that there are",
    "region.spec.volumeZones": "stack: the availability zone of volumes",
    "region.spec.installation": "the set-up of the hosts: Ansible's inventory",
    "site.spec.displayName": "document: the member's sheet",
    "site.spec.country": "policy: residency",
    "site.spec.address": "document: the member's sheet",
    "site.spec.certificates": "policy: hosting of health data, ends of certificates; stack: metadata of aggregates",
    "site.spec.racks": "capacity: failure domains; policy: power feeds; references: where hosts hang",
    "site.spec.storage": "capacity: what the back ends can hold; references: which tiers the site offers",
    "site.spec.aggregates": "policy: which classes of data stand together",
    "site.spec.energy": "documents of cost and footprint",
    "host.spec.site": "stack: its availability zone; capacity: where its supply counts",
    "host.spec.rack": "capacity: failure domains",
    "host.spec.unit": "references: no two hosts in one place",
    "host.spec.heightUnits": "references: no two hosts in one place",
    "host.spec.owner": "policy: whose file it may stand in, what a leaving member takes along",
    "host.spec.roles": "stack and capacity: who carries servers; policy: control hosts",
    "host.spec.aggregate": "stack: host aggregates; capacity and policy: where servers may stand",
    "host.spec.feeds": "capacity: failure domains; policy: hosts on one feed",
    "host.spec.cpu": "capacity: supply",
    "host.spec.memory": "capacity: supply",
    "host.spec.disks": "capacity: supply of local disk; the set-up of the host",
    "host.spec.nics": "references: no address twice; the set-up of the host",
    "host.spec.interfaces": "references: no address twice; the set-up of the host",
    "host.spec.bmcAddress": "references: no address twice; the set-up of the host",
    "host.spec.os": "the set-up of the host",
    "host.spec.hardening": "policy: hardening against the class of data; role hardening; audit",
    "host.spec.purchase": "policy: amortisation; documents of cost",
    "host.spec.power": "documents of cost and footprint",
    "host.spec.maintenance": "capacity: its supply does not count; apply: its services are disabled, its servers moved",
    "host.spec.embodiedKgCO2e": "documents of footprint",
    "catalogue.spec.flavors": "stack: flavors; capacity: what a server takes, and where it may stand",
    "catalogue.spec.images": "stack: images; policy: support and origin",
    "catalogue.spec.tiers": "stack: volume types; capacity: which back end is used",
    "catalogue.spec.objectTiers": "references: what a site offers; policy: tariffs; document: the member's sheet",
    "catalogue.spec.backupTiers": "policy: where backups are, how often, encrypted; document: the member's sheet",
    "catalogue.spec.quotaSizes": "stack: quotas; capacity: what was promised",
    "catalogue.spec.presets": "stack: security groups; policy: exposure",
    "catalogue.spec.tariffs": "policy: budgets; document: the member's sheet",
    "tenant.spec.displayName": "stack: description of the project; documents",
    "tenant.spec.member": "document: the member's sheet",
    "tenant.spec.agreement": "policy: dates and notice; document: the member's sheet",
    "tenant.spec.contacts": "policy: who must be named; document: the member's sheet",
    "tenant.spec.sensitivity": "policy: hosting, backups, hardening, who stands beside whom",
    "tenant.spec.personalData": "policy: the register of processing; document: the member's sheet",
    "tenant.spec.site": "stack: availability zone of servers; capacity: where promises must be kept",
    "tenant.spec.quota": "stack: quotas in the services; capacity: what was promised; policy: what is asked for fits",
    "tenant.spec.guarantee": "capacity: what must always fit; policy: within the quota",
    "tenant.spec.burst": "policy: guarantee and burst are within the quota; document: the member's sheet",
    "tenant.spec.budget": "policy: the price by the tariff of the day; document: the member's sheet",
    "tenant.spec.projects": "stack: projects and their share of the quota",
    "tenant.spec.access": "stack: groups, roles, keypairs; document: the member's sheet",
    "tenant.spec.networks": "stack: networks, subnets, routers; policy: addresses, exposure, sharing",
    "tenant.spec.sharedNetworks": "stack: access to the network, ports on it; policy: sensitivity, addresses",
    "tenant.spec.securityGroups": "stack: security groups; policy: exposure",
    "tenant.spec.serverGroups": "stack: server groups; capacity: servers kept apart",
    "tenant.spec.servers": "stack: servers, ports, root volumes; capacity: placement; policy: what is asked for",
    "tenant.spec.desktopPools": "the same as servers, `count` times",
    "tenant.spec.volumes": "stack: volumes and attachments; policy: what is asked for",
    "tenant.spec.objectContainers": "stack: containers with a quota, and who may use them; policy and document: price",
    "tenant.spec.sharedContainers": "references: both sides agree; stack of the owner: who may; policy: sharing",
    "tenant.spec.backups": "policy: what must be backed up, and where to; document: the member's sheet",
    "tenant.spec.floatingIPs": "stack: floating IPs; capacity: addresses that are taken",
    "tenant.spec.state": "planning: run, shut off, or delete",
    "tenant.spec.retiredOn": "planning: the quarantine before deletion",
    "tenant.spec.protect": "planning and stack: nothing of it is deleted or replaced",
    "waiver.spec": "policy: which rule is suspended, for what, until when, by whom",
}


def use_of(path: str) -> str:
    """What a field is for, by its own entry or the nearest one above; empty for a whole document."""
    parts = path.replace("[]", "").split(".")
    if parts[1:2] == ["metadata"]:
        parts = parts[1:]
    while parts:
        if ".".join(parts) in USES:
            return USES[".".join(parts)]
        parts.pop()
    return "the form of the document" if path.split(".")[1:] in (["apiVersion"], ["kind"]) else ""


def without_use() -> list[str]:
    """Sections of specs that nobody says a use of."""
    sections = [
        f"{kind.lower()}.spec.{name}"
        for kind in schemas.KINDS
        for name in schemas.schema_of(kind)["properties"]["spec"]["properties"]
    ]
    return [section for section in sections if not use_of(section)]
