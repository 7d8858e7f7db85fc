"""A server as it is recorded: Nova's answer, with the names of what it refers to and its interfaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.resources.instance import references

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_POWER: Final = {"SHELVED": "shelved_offloaded"}
_UNNAMED: Final = ("HARD_REBOOT", "REBOOT", "PASSWORD", "REBUILD")  # on their way back to active

Body = dict[str, Any]


def outputs_of(action: Action, body: Body, known: Properties) -> dict[str, Any]:
    networks = networks_of(action, body, known)
    everything = sorted(body.get("tags") or ())
    return {
        "name": body["name"],
        "powerState": power_state(body),
        "availabilityZone": body.get("OS-EXT-AZ:availability_zone") or "",
        "hypervisorHostname": body.get("OS-EXT-SRV-ATTR:hypervisor_hostname"),
        "keyPair": body.get("key_name"),
        "created": body.get("created"),
        "updated": body.get("updated"),
        "allMetadata": body.get("metadata") or {},
        "securityGroups": sorted({group["name"] for group in body.get("security_groups") or ()}),
        "tags": [tag for tag in everything if tag in set(known.get("tags") or ())],
        "allTags": everything,
        "networks": networks,
        **_flavor_and_image(action, body, known),
        **_access(body, networks),
    }


def power_state(body: Body) -> str:
    status = body["status"]
    return "active" if status in _UNNAMED else _POWER.get(status, status.lower())


def networks_of(action: Action, body: Body, known: Properties) -> list[dict[str, Any]]:
    """In the order in which they were given; all there are when none were."""
    found = action.service().find(f"servers/{body['id']}/os-interface")
    names = {
        address["OS-EXT-IPS-MAC:mac_addr"]: name
        for name, addresses in (body.get("addresses") or {}).items()
        for address in addresses
        if "OS-EXT-IPS-MAC:mac_addr" in address
    }
    entries = [_network(entry, names) for entry in (found or {}).get("interfaceAttachments", ())]
    given = known.get("networks") or ()
    return _in_order(given, entries) if given else entries


def _network(entry: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    addresses = [ip["ip_address"] for ip in entry.get("fixed_ips") or ()]
    told = {
        "uuid": entry["net_id"],
        "port": entry["port_id"],
        "mac": entry["mac_addr"],
        "name": names.get(entry["mac_addr"]),
        "fixedIpV4": next((address for address in addresses if ":" not in address), None),
        "fixedIpV6": next((f"[{address}]" for address in addresses if ":" in address), None),
        "accessNetwork": False,
    }
    return {name: value for name, value in told.items() if value is not None}


def _in_order(given: Sequence[Mapping[str, Any]], entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    left, ordered = list(entries), []
    for wanted in given:
        match = next((entry for entry in left if _same(wanted, entry)), None)
        if match is not None:
            left.remove(match)
            ordered.append({**match, "accessNetwork": bool(wanted.get("accessNetwork")), **_port_as_given(wanted)})
    return ordered


def _port_as_given(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """A port that Nova made is recorded as none, as the official provider does."""
    return {"port": wanted.get("port") or ""}


def _same(wanted: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    if wanted.get("port"):
        return bool(wanted["port"] == entry["port"])
    keys = [key for key in ("uuid", "fixedIpV4", "fixedIpV6") if wanted.get(key)] or ["name"]
    return all(wanted.get(key) == entry.get(key) for key in keys)


def _flavor_and_image(action: Action, body: Body, known: Properties) -> dict[str, Any]:
    flavor = body["flavor"]["id"]
    image = (body.get("image") or {}).get("id", "")
    told = {"flavorId": flavor, "imageId": image or references.BOOTED_FROM_VOLUME}
    told["flavorName"] = _named(known, "flavorId", "flavorName", flavor) or references.flavor_name(action, flavor)
    if image:
        told["imageName"] = _named(known, "imageId", "imageName", image) or references.image_name(action, image)
    return {name: value for name, value in told.items() if value}


def _named(known: Properties, id_: str, name: str, current: str) -> str:
    """The recorded name while the id is the recorded one: one call less for each server of a refresh."""
    return str(known[name]) if known.get(id_) == current and known.get(name) else ""


def _access(body: Body, networks: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    preferred = [network for network in networks if network.get("accessNetwork")] or list(networks)
    first4 = next((network["fixedIpV4"] for network in preferred if network.get("fixedIpV4")), "")
    first6 = next((network["fixedIpV6"] for network in preferred if network.get("fixedIpV6")), "")
    return {"accessIpV4": body.get("accessIPv4") or first4, "accessIpV6": body.get("accessIPv6") or first6}
