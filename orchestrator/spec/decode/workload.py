"""What a tenant runs: networks, security groups, servers, volumes, floating IPs."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

from orchestrator.model.sharing import NetworkShare, SharedNetwork
from orchestrator.model.tenant import (
    BootVolume,
    DesktopPool,
    Exposure,
    FloatingIp,
    Network,
    SecurityGroup,
    Server,
    ServerGroup,
    ServerNetwork,
    Volume,
)
from orchestrator.spec.decode.catalogue import rule
from orchestrator.spec.decode.values import Raw


def network(raw: Raw, tenant: str) -> Network:
    return Network(
        name=raw["name"],
        display_name=raw.get("displayName", raw["name"]),
        project=raw.get("project", tenant),
        cidr=IPv4Network(raw["cidr"]),
        exposure=Exposure(raw.get("exposure", Exposure.OUTBOUND)),
        external=raw.get("external", ""),
        dns=tuple(IPv4Address(address) for address in raw.get("dns", ())),
        shared_with=tuple(NetworkShare(**one) for one in raw.get("sharedWith", ())),
    )


def shared_network(raw: Raw, tenant: str) -> SharedNetwork:
    return SharedNetwork(
        tenant=raw["tenant"],
        network=raw["network"],
        agreement=raw["agreement"],
        name=raw.get("name", raw["network"]),
        project=raw.get("project", tenant),
    )


def security_group(raw: Raw, tenant: str) -> SecurityGroup:
    return SecurityGroup(
        name=raw["name"],
        project=raw.get("project", tenant),
        presets=tuple(raw.get("presets", ())),
        rules=tuple(rule(one) for one in raw.get("rules", ())),
        description=raw.get("description", ""),
    )


def server_group(raw: Raw, tenant: str) -> ServerGroup:
    return ServerGroup(name=raw["name"], project=raw.get("project", tenant), policy=raw["policy"])


def server(raw: Raw, tenant: str) -> Server:
    return Server(
        name=raw["name"],
        display_name=raw.get("displayName", raw["name"]),
        project=raw.get("project", tenant),
        flavor=raw["flavor"],
        image=raw["image"],
        networks=tuple(_interface(one) for one in raw["networks"]),
        site=raw.get("site", ""),
        security_groups=tuple(raw.get("securityGroups", ())),
        ssh_key=raw.get("sshKey", ""),
        boot_volume=_boot_volume(raw.get("bootVolume")),
        group=raw.get("group", ""),
        user_data=raw.get("userData", ""),
    )


def desktop_pool(raw: Raw, tenant: str) -> DesktopPool:
    return DesktopPool(
        name=raw["name"],
        project=raw.get("project", tenant),
        count=raw["count"],
        flavor=raw["flavor"],
        image=raw["image"],
        network=raw["network"],
        site=raw.get("site", ""),
        security_groups=tuple(raw.get("securityGroups", ())),
        ssh_key=raw.get("sshKey", ""),
    )


def volume(raw: Raw, tenant: str) -> Volume:
    return Volume(
        name=raw["name"],
        display_name=raw.get("displayName", raw["name"]),
        project=raw.get("project", tenant),
        tier=raw["tier"],
        size_gib=raw["sizeGiB"],
        attach_to=raw.get("attachTo", ""),
    )


def floating_ip(raw: Raw) -> FloatingIp:
    return FloatingIp(name=raw["name"], server=raw["server"], external=raw.get("external", ""))


def _interface(raw: Raw) -> ServerNetwork:
    address = raw.get("address")
    return ServerNetwork(network=raw["network"], address=IPv4Address(address) if address else None)


def _boot_volume(raw: Raw | None) -> BootVolume | None:
    return BootVolume(tier=raw["tier"], size_gib=raw["sizeGiB"]) if raw else None
