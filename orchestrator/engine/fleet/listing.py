"""Which list calls answer for which single reads: derived from the types' descriptions, with the odd ones named.

A list is asked once for all projects. It answers `GET <collection>/<id>` where each of its entries is what that call
would have answered; a type for which this is not so has no listing, and is read by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.cloud.registry import HANDLERS, type_of
from orchestrator.engine.cloud.resources.instance.changes import TAGS

Place = tuple[str, str]  # service, collection

PAGE: Final = 1000  # entries: the most that Nova, Cinder and Glance give at once
NETWORK_PAGE: Final = 500  # a security group comes with all its rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """`path`, `many`, `query`, `version`: of the list call; `key`: the envelope of a single answer ("": none).

    `identifier`: the key of an entry that is the last part of a single read's path.
    """

    service: str
    path: str
    many: str
    key: str
    version: str = ""
    query: Mapping[str, Any] = field(default_factory=dict)
    identifier: str = "id"


_ALL: Final = {"all_tenants": "True", "limit": PAGE}
_ODD: Final[Mapping[Place, Mapping[str, Any]]] = {
    ("compute", "servers"): {"path": "servers/detail", "query": _ALL, "version": TAGS},
    ("compute", "flavors"): {"path": "flavors/detail", "query": {"is_public": "None", "limit": PAGE}},
    ("compute", "os-server-groups"): {"query": {"all_projects": "True"}},
    ("block-storage", "volumes"): {"path": "volumes/detail", "query": _ALL},
    ("block-storage", "types"): {"query": {"is_public": "None"}},
    ("image", "images"): {"query": {"limit": PAGE}},
}
SECURITY_GROUPS: Final[Place] = ("network", "security-groups")
_UNLISTED: Final[frozenset[Place]] = frozenset(
    {
        ("compute", "os-keypairs"),  # a list of one user's alone, as the next
        ("identity", "application_credentials"),
        ("network", "security-group-rules"),  # of one's own project, but for administrators; groups come with theirs
    }
)
ROLE_ASSIGNMENTS: Final[Place] = ("identity", "role_assignments")
NETWORK_QUOTAS: Final[Place] = ("network", "quotas")
_FURTHER: Final[Mapping[Place, Listing]] = {
    NETWORK_QUOTAS: Listing(service="network", path="quotas", many="quotas", key="quota", identifier="project_id"),
    ROLE_ASSIGNMENTS: Listing(service="identity", path="role_assignments", many="role_assignments", key=""),
}
# kinds whose reads look at other collections than their own
_ALSO: Final[Mapping[str, tuple[Place, ...]]] = {
    "openstack:compute/instance:Instance": (("network", "ports"),),
    "openstack:compute/interfaceAttach:InterfaceAttach": (("network", "ports"),),
    "openstack:compute/volumeAttach:VolumeAttach": (("block-storage", "volumes"),),
    "openstack:identity/roleAssignment:RoleAssignment": (ROLE_ASSIGNMENTS,),
    "openstack:networking/floatingIp:FloatingIp": (("network", "networks"),),
    "openstack:networking/secGroupRule:SecGroupRule": (SECURITY_GROUPS,),
    "openstack:networking/routerRoute:RouterRoute": (("network", "routers"),),
}


@cache
def listings() -> Mapping[Place, Listing]:
    """All that there are, by the place whose single reads they answer."""
    found: dict[Place, Listing] = {}
    for kind in HANDLERS:
        for place, listing in _of(kind):
            if place not in found or _is_its_own(listing):  # types of what is a part share the place of the whole
                found[place] = listing
    return {**found, **_FURTHER}


def _is_its_own(listing: Listing) -> bool:
    """Whether the list is called as its collection is."""
    return listing.many == listing.path.rpartition("/")[2].replace("-", "_")


def places_of(kind: str) -> tuple[Place, ...]:
    """The lists that reads of this type look at."""
    known = listings() if kind in HANDLERS else {}
    api = type_of(kind).api if kind in HANDLERS else None
    own = ((api.service, api.path),) if api else ()
    return tuple(place for place in (*own, *_ALSO.get(kind, ())) if place in known)


def _of(kind: str) -> tuple[tuple[Place, Listing], ...]:
    api, handler = type_of(kind).api, HANDLERS[kind]
    place = (api.service, api.path)
    if not (api.path and api.many) or "{" in api.path or place in _UNLISTED:  # a list within one other object
        return ()
    listing = Listing(
        service=api.service,
        path=api.path,
        many=api.many,
        key=api.key,
        version=handler.version if isinstance(handler, Collection) else "",
        query={"limit": NETWORK_PAGE} if api.service == "network" else {},
    )
    return ((place, replace(listing, **_ODD.get(place, {}))),)
