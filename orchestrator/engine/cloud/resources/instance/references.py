"""Flavors, images and networks that a server names: by id, or by a name that is looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action

BOOTED_FROM_VOLUME = "Attempt to boot from volume - no image supplied"  # the official provider records these words


def flavor_id(action: Action, inputs: Mapping[str, Any]) -> str:
    if inputs.get("flavorId"):
        return str(inputs["flavorId"])
    if not inputs.get("flavorName"):
        raise ProviderError("an Instance needs flavorId or flavorName")
    flavors = action.service("compute").all("flavors", "flavors", is_public="None")
    return _only(
        [flavor["id"] for flavor in flavors if flavor["name"] == inputs["flavorName"]], "flavor", inputs["flavorName"]
    )


def image_id(action: Action, inputs: Mapping[str, Any]) -> str:
    """Nothing ("") when the server boots from a volume."""
    if inputs.get("imageId") and inputs["imageId"] != BOOTED_FROM_VOLUME:
        return str(inputs["imageId"])
    if inputs.get("imageName"):
        images = action.service("image").all("images", "images", name=inputs["imageName"])
        return _only([image["id"] for image in images], "image", inputs["imageName"])
    if not inputs.get("blockDevices"):
        raise ProviderError("an Instance needs imageId, imageName or a bootable blockDevices entry")
    return ""


def network_id(action: Action, name: str) -> str:
    networks = action.service("network").all("networks", "networks", name=name, fields="id")
    return _only([network["id"] for network in networks], "network", name)


def flavor_name(action: Action, id_: str) -> str:
    """Nothing ("") when it was deleted since."""
    found = action.service("compute").find(f"flavors/{id_}")
    return str(found["flavor"]["name"]) if found else ""


def image_name(action: Action, id_: str) -> str:
    found = action.service("image").find(f"images/{id_}")
    return str(found["name"]) if found else ""


def _only(ids: list[str], what: str, name: Any) -> str:
    if len(ids) != 1:
        problem = "there is no" if not ids else f"there are {len(ids)} of the"
        raise ProviderError(f"{problem} {what} named {name!r} that this credential can see")
    return str(ids[0])
