"""The look-up of a server by its id: what its resource type tells, in the words of the function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.handler import Action
from orchestrator.engine.cloud.lookups.reading import spoken_moment
from orchestrator.engine.cloud.lookups.search import REGION, only
from orchestrator.engine.cloud.registry import HANDLERS, type_of

if TYPE_CHECKING:
    from orchestrator.engine.cloud.lookups.asked import Asked
    from orchestrator.engine.provider import Properties

KIND: Final = "openstack:compute/instance:Instance"
_AS_TOLD: Final = ("name", "powerState", "availabilityZone", "keyPair", "flavorId", "flavorName", "imageId",
                   "imageName", "accessIpV4", "accessIpV6")  # fmt: skip
_OF_NETWORK: Final = ("uuid", "name", "port", "mac", "fixedIpV4", "fixedIpV6")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """`networks` and `userData` are taken and narrow nothing: an id says all."""

    arguments: frozenset[str] = frozenset({"id", "networks", "userData", REGION})
    required: frozenset[str] = frozenset({"id"})
    results: frozenset[str] = frozenset(
        {*_AS_TOLD, "created", "updated", "metadata", "networks", "securityGroups", "tags", "id", REGION}
    )

    def __call__(self, asked: Asked) -> dict[str, Any]:
        action = Action(type=type_of(KIND), connection=asked.connection, deadline=asked.deadline, locks=asked.locks)
        told = HANDLERS[KIND].read(action, str(asked.given["id"]), {})
        if told is None:
            only((), asked.what, asked.given)
        return {**asked.given, **_results(told or {}), REGION: asked.region}


def _results(told: Properties) -> dict[str, Any]:
    """An address that a network does not have is an empty text, as all that is not told."""
    return {
        **{name: told.get(name) or "" for name in _AS_TOLD},
        "created": spoken_moment("created")(dict(told)),
        "updated": spoken_moment("updated")(dict(told)),
        "metadata": told["allMetadata"],
        "tags": told["allTags"],
        "securityGroups": told["securityGroups"],
        "networks": [{name: network.get(name) or "" for name in _OF_NETWORK} for network in told["networks"]],
    }


INSTANCE: Final = Server()
