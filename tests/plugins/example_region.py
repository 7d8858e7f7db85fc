"""A small region with one tenant of every kind of object: what tests of environments and of programs start from."""

import datetime as dt
from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network
from typing import Any

from orchestrator.model.access import Access, Grant, SshKey
from orchestrator.model.catalogue import (
    Catalogue,
    Flavor,
    Image,
    QuotaSize,
    SecurityPreset,
    SecurityRule,
    VolumeTier,
)
from orchestrator.model.certification import Certification
from orchestrator.model.quota import NAMES
from orchestrator.model.region import ExternalNetwork, Operator, Region
from orchestrator.model.sensitivity import Sensitivity
from orchestrator.model.site import (
    Certificate,
    Energy,
    HardeningLevel,
    Host,
    HostRole,
    Power,
    Purchase,
    Site,
)
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import (
    Agreement,
    BootVolume,
    Contacts,
    Exposure,
    FloatingIp,
    Member,
    Network,
    Project,
    QuotaRequest,
    SecurityGroup,
    Server,
    ServerGroup,
    ServerNetwork,
    Tenant,
    Volume,
)

DAY = dt.date(2026, 1, 1)
SSH = SecurityRule(direction="ingress", protocol="tcp", port_min=22, port_max=22, peer="198.51.100.0/24")


def example_site(name: str, *certifications: Certification) -> Site:
    return Site(
        name=name,
        display_name=name.title(),
        country="FR",
        address="1 rue de la Mairie",
        certificates=tuple(Certificate(certification=one, expires=DAY) for one in certifications),
        racks=(),
        storage=(),
        energy=Energy(pue=1.3, carbon_g_per_kwh=50, price_per_kwh=0.2),
    )


def example_host(name: str, site: str, **given: Any) -> Host:
    fields: dict[str, Any] = {
        "rack": "r1",
        "unit": 1,
        "owner": "demo",
        "roles": (HostRole.COMPUTE,),
        "threads": 32,
        "memory_gib": 128,
        "disks": (),
        "nics": (),
        "bmc_address": "192.0.2.9",
        "os": "debian-13",
        "hardening": HardeningLevel.INTERMEDIARY,
        "purchase": Purchase(date=DAY, price=1.0, amortisation_years=5),
        "power": Power(idle_watts=1, max_watts=2),
    }
    return Host(name=name, site=site, **(fields | given))


def example_region() -> Region:
    return Region(
        name="demo",
        operator=Operator(name="Syndicat", siren="123456789"),
        allowed_countries=("FR",),
        external_networks=(
            ExternalNetwork(
                name="internet",
                physical_network="physnet1",
                cidr=IPv4Network("203.0.113.0/24"),
                gateway=IPv4Address("203.0.113.1"),
                first=IPv4Address("203.0.113.10"),
                last=IPv4Address("203.0.113.250"),
                vlan=300,
            ),
        ),
        cloud="demo",
    )


def example_catalogue() -> Catalogue:
    return Catalogue(
        name="standard",
        flavors={
            "small": Flavor(name="small", vcpus=2, memory_mib=4096, disk_gib=20),
            "large": Flavor(name="large", vcpus=8, memory_mib=16384, disk_gib=80, extra_specs={"hw:cpu_policy": "x"}),
        },
        images={
            name: Image(
                name=name,
                file=f"images/{name}.raw",
                sha256=digit * 64,
                disk_format="raw",
                support_end=DAY,
                properties={"os_distro": "debian"},
            )
            for name, digit in (("debian-12", "a"), ("debian-13", "b"))
        },
        tiers={
            "fast": VolumeTier(name="fast", backend="nvme", iops=5000),
            "slow": VolumeTier(name="slow", backend="hdd"),
        },
        quota_sizes={
            "m": QuotaSize(name="m", values=dict.fromkeys((*NAMES, "storageGiB:fast", "storageGiB:slow"), 100))
        },
        presets={"ssh": SecurityPreset(name="ssh", rules=(SSH,))},
    )


def example_tenant() -> Tenant:
    return Tenant(
        name="saintes",
        display_name="Ville de Saintes",
        member=Member(name="Commune de Saintes", siren="211700000", kind="commune", population=25000),
        agreement=Agreement(reference="C-1", deliberation="D-1", start=DAY, notice_months=6),
        contacts=Contacts(technical="dsi@example.org"),
        sensitivity=Sensitivity.INTERNAL,
        site="west",
        quota=QuotaRequest(size="m"),
        projects=(Project(name="test", quota={"vcpus": 10, "networks": 1}),),
        access=Access(
            groups=(Grant(name="admins", roles=("member", "reader")),),
            users=(Grant(name="alice", roles=("reader",), projects=("test",)),),
            ssh_keys=(SshKey(name="dsi", public_key="ssh-ed25519 AAAA dsi"),),
        ),
        networks=(
            Network(
                name="front",
                display_name="Réseau public",
                project="saintes",
                cidr=IPv4Network("10.1.0.0/24"),
                exposure=Exposure.PUBLIC,
                dns=(IPv4Address("192.0.2.53"),),
            ),
            Network(
                name="back",
                display_name="Réseau interne",
                project="saintes",
                cidr=IPv4Network("10.1.1.0/24"),
                exposure=Exposure.ISOLATED,
            ),
            Network(name="lab", display_name="Essais", project="test", cidr=IPv4Network("10.2.0.0/24")),
        ),
        security_groups=(
            SecurityGroup(
                name="web",
                project="saintes",
                presets=("ssh",),
                rules=(
                    SecurityRule(direction="ingress", protocol="tcp", port_min=443, port_max=443),
                    SecurityRule(direction="ingress", protocol=None, peer="self"),
                ),
            ),
            SecurityGroup(
                name="db",
                project="saintes",
                rules=(SecurityRule(direction="ingress", protocol="tcp", port_min=5432, port_max=5432, peer="web"),),
            ),
        ),
        server_groups=(ServerGroup(name="apart", project="saintes", policy="soft-anti-affinity"),),
        servers=(
            Server(
                name="web1",
                display_name="Portail",
                project="saintes",
                flavor="small",
                image="debian-13",
                networks=(
                    ServerNetwork(network="front", address=IPv4Address("10.1.0.20")),
                    ServerNetwork(network="back"),
                ),
                security_groups=("web",),
                ssh_key="dsi",
                group="apart",
            ),
            Server(
                name="db1",
                display_name="Base",
                project="saintes",
                flavor="large",
                image="debian-12",
                networks=(ServerNetwork(network="back"),),
                site="east",
                security_groups=("db",),
                boot_volume=BootVolume(tier="fast", size_gib=40),
            ),
        ),
        volumes=(
            Volume(name="data", display_name="Données", project="saintes", tier="slow", size_gib=50, attach_to="db1"),
        ),
        floating_ips=(FloatingIp(name="portal", server="web1"),),
    )


def example_specs(**tenant: Any) -> Specs:
    """The region with the tenant `saintes`, given fields of it replaced."""
    return Specs(
        region=example_region(),
        sites={"east": example_site("east"), "west": example_site("west", Certification.HDS)},
        hosts={
            host.name: host
            for host in (
                example_host("cmp-w1", "west"),
                example_host("cmp-w2", "west", maintenance=True),
                example_host("cmp-w3", "west", aggregate="health"),
                example_host("cmp-e1", "east"),
                example_host("ctl-e1", "east", roles=(HostRole.CONTROL,)),
            )
        },
        catalogue=example_catalogue(),
        tenants={"saintes": replace(example_tenant(), **tenant)},
        waivers={},
    )
