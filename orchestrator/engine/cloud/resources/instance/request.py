"""The request that makes a server."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud import values
from orchestrator.engine.cloud.resources.instance import references

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_PLAIN: Final = {
    "name": "name",
    "availabilityZone": "availability_zone",
    "availabilityZoneHints": "availability_zone",
    "keyPair": "key_name",
    "adminPass": "adminPass",
    "hypervisorHostname": "hypervisor_hostname",
}


def server_request(action: Action, inputs: Properties) -> dict[str, Any]:
    """The whole body: server and scheduler hints."""
    server = {key: inputs[name] for name, key in _PLAIN.items() if inputs.get(name)}
    server |= {"flavorRef": references.flavor_id(action, inputs), "imageRef": references.image_id(action, inputs)}
    server |= _optional(action, inputs)
    hints = next(iter(inputs.get("schedulerHints") or ()), None)
    return {"server": server} | ({"os:scheduler_hints": scheduler_hints(action, hints)} if hints else {})


def version_for(inputs: Properties) -> str:
    """The lowest microversion that knows what is asked for: "" is 2.1."""
    devices = inputs.get("blockDevices") or ()
    wanted = [(37, inputs.get("networkMode")), (52, inputs.get("tags")), (74, inputs.get("hypervisorHostname")),
              (60, any(device.get("multiattach") for device in devices)),
              (67, any(device.get("volumeType") for device in devices))]  # fmt: skip
    return f"2.{max(version for version, asked in wanted if asked)}" if any(asked for _, asked in wanted) else ""


def scheduler_hints(action: Action, hints: Mapping[str, Any]) -> dict[str, Any]:
    """Programs write plurals where Nova has singulars."""
    renamed = {
        "different_hosts": "different_host",
        "same_hosts": "same_host",
        "queries": "query",
        "different_cells": "different_cell",
    }
    given = values.encode_fields(action.type.inputs["schedulerHints"], hints)
    extra = given.pop("additional_properties", {})
    return {**{renamed.get(key, key): value for key, value in given.items()}, **extra}


def _optional(action: Action, inputs: Properties) -> dict[str, Any]:
    found: dict[str, Any] = {
        "networks": inputs.get("networkMode")
        or [_network(action, network) for network in inputs.get("networks") or ()],
        "security_groups": [{"name": name} for name in inputs.get("securityGroups") or ()],
        "metadata": values.encode(action.type.inputs["metadata"], inputs.get("metadata") or {}),
        "block_device_mapping_v2": _devices(action, inputs),
        "user_data": _user_data(inputs.get("userData") or ""),
        "tags": sorted(inputs.get("tags") or ()),
        "personality": [
            {"path": file["file"], "contents": _encoded(file["content"])} for file in inputs.get("personalities") or ()
        ],
    }
    given = {key: value for key, value in found.items() if value}
    if inputs.get("configDrive") is not None:
        given["config_drive"] = values.scalar("bool", inputs["configDrive"])
    return given


def _network(action: Action, network: Mapping[str, Any]) -> dict[str, Any]:
    if network.get("port"):
        return {"port": network["port"]}
    wanted = {"uuid": network.get("uuid") or references.network_id(action, network.get("name") or "")}
    fixed = network.get("fixedIpV4") or network.get("fixedIpV6")
    return wanted | ({"fixed_ip": fixed} if fixed else {})


def _devices(action: Action, inputs: Properties) -> list[dict[str, Any]]:
    encoded = values.encode(action.type.inputs["blockDevices"], inputs.get("blockDevices") or [])
    devices = [{key: value for key, value in device.items() if key != "multiattach"} for device in encoded]
    return [{"boot_index": 0 if index == 0 else -1, **device} for index, device in enumerate(devices)]


def _user_data(text: str) -> str:
    """Base64, unless it is that already."""
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return _encoded(text)
    return text


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
