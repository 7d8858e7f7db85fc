"""Single reads of what belongs to another object, answered from the list in which it stands as a part of that.

Each answer has the form in which the service would have given it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Any, Final

from orchestrator.engine.fleet.listing import ROLE_ASSIGNMENTS, SECURITY_GROUPS
from orchestrator.engine.fleet.lists import Lists, Missing, NotListed

_SERVERS_PORTS: Final = re.compile(r"servers/([^/]+)/os-interface(?:/([^/]+))?")
_RULES: Final = re.compile(r"security-group-rules/([^/]+)")
_SERVERS_VOLUMES: Final = re.compile(r"servers/([^/]+)/os-volume_attachments/([^/]+)")
# a query of Keystone's -> where an assignment says it
_ASSIGNED: Final[Mapping[str, tuple[str, ...]]] = {
    "role.id": ("role", "id"),
    "user.id": ("user", "id"),
    "group.id": ("group", "id"),
    "scope.project.id": ("scope", "project", "id"),
    "scope.domain.id": ("scope", "domain", "id"),
}
Key = tuple[str, ...]


class Derived:
    """Safe to use from many threads; each index over a list is made when it is first looked into."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._lock = Lock()
        self._indexes: dict[str, dict[Key, list[Any]]] = {}

    def answer(self, service: str, path: str, query: Mapping[str, Any]) -> Any:
        """The body; raises NotListed where the path is none of these, Missing where nothing is found."""
        if (service, path) == ROLE_ASSIGNMENTS:
            return {"role_assignments": self._assignments(query)}
        if service == "compute" and (match := _SERVERS_PORTS.fullmatch(path)):
            return self._interfaces(match[1], match[2])
        if service == "compute" and (match := _SERVERS_VOLUMES.fullmatch(path)):
            return {"volumeAttachment": self._attached(match[1], match[2])}
        if service == "network" and (match := _RULES.fullmatch(path)):
            return {"security_group_rule": self._in("rules", _rules, self._texts(*SECURITY_GROUPS), (match[1],))[0]}
        raise NotListed

    def _interfaces(self, server: str, port: str | None) -> Any:
        found = [_interface(one) for one in self._in("ports", _ports, self._texts("network", "ports"), (server,))]
        if port is None:
            return {"interfaceAttachments": found}
        return {"interfaceAttachment": _first([one for one in found if one["port_id"] == port])}

    def _attached(self, server: str, volume: str) -> Any:
        texts = self._texts("block-storage", "volumes")
        (found,) = self._in("volumes", _attachments, texts, (server, volume))[:1]
        return {"id": volume, "volumeId": volume, "serverId": server, "device": found.get("device")}

    def _assignments(self, query: Mapping[str, Any]) -> list[Any]:
        asked = {name: str(value) for name, value in query.items() if value}
        if not asked.keys() <= _ASSIGNED.keys():
            raise NotListed
        key = tuple(asked.get(name, "") for name in _ASSIGNED)
        return self._in("assignments", _assigned, self._texts(*ROLE_ASSIGNMENTS), key)

    def _texts(self, service: str, collection: str) -> Iterable[bytes]:
        return self._lists.shelf((service, collection)).all()

    def _in(
        self, name: str, keyed: Callable[[Any], Iterable[tuple[Key, Any]]], texts: Iterable[bytes], key: Key
    ) -> list[Any]:
        with self._lock:
            if name not in self._indexes:
                index: dict[Key, list[Any]] = defaultdict(list)
                for text in texts:
                    for place, value in keyed(json.loads(text)):
                        index[place].append(value)
                self._indexes[name] = dict(index)
        found = self._indexes[name].get(key)
        if not found:
            raise Missing
        return found


def _first(found: list[Any]) -> Any:
    if not found:
        raise Missing
    return found[0]


def _ports(port: Any) -> Iterable[tuple[Key, Any]]:
    kept = {key: port.get(key) for key in ("network_id", "id", "mac_address", "fixed_ips", "status")}
    return [((port["device_id"],), kept)] if port.get("device_id") else []


def _interface(port: Mapping[str, Any]) -> dict[str, Any]:
    """In Nova's words."""
    return {
        "net_id": port["network_id"],
        "port_id": port["id"],
        "mac_addr": port["mac_address"],
        "fixed_ips": port["fixed_ips"],
        "port_state": port["status"],
    }


def _attachments(volume: Any) -> Iterable[tuple[Key, Any]]:
    return [((one["server_id"], volume["id"]), one) for one in volume.get("attachments") or ()]


def _rules(group: Any) -> Iterable[tuple[Key, Any]]:
    return [((rule["id"],), rule) for rule in group.get("security_group_rules") or ()]


def _assigned(assignment: Any) -> Iterable[tuple[Key, Any]]:
    return [(tuple(_at(assignment, path) for path in _ASSIGNED.values()), assignment)]


def _at(value: Any, path: tuple[str, ...]) -> str:
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return str(value or "")
