"""Services of hosts, and the servers that they carry: read, disabled, enabled, moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from orchestrator.adapters.host_services_openstack.answers import carried, compute_service, volume_service
from orchestrator.adapters.host_services_openstack.door import Door, told
from orchestrator.adapters.host_services_openstack.instance_actions import last_trouble
from orchestrator.model.host_duty import MAINTENANCE, Binary, CarriedServer, HostService, LeftBehind, ServerGroup

SERVICES: Final = "2.53"  # services by UUID
SERVERS: Final = "2.69"  # the flavor's sizes stand in the server; those of a cell that is down do not vanish
MOVES: Final = "2.56"  # a cold move to a named host; a live one that the scheduler still checks, answered at once
GROUPS: Final = "2.64"  # one policy a group
MIGRATIONS: Final = "2.59"
ABORTS: Final = "2.24"
BLOCK: Final = "block-storage"


class OpenStackHostServices:
    """`environment`: `OS_CLOUD` and where clouds.yaml is, of a credential that may act on hosts."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._door = Door(environment)

    def services(self) -> tuple[HostService, ...]:
        with told("read the compute services"):
            nova = self._door.service("compute").get("os-services", version=SERVICES, binary=Binary.COMPUTE.value)
        with told("read the volume services"):
            cinder = self._door.service(BLOCK).get("os-services", binary=Binary.VOLUME.value)
        return (*map(compute_service, nova["services"]), *map(volume_service, cinder["services"]))

    def servers(self, host: str) -> tuple[CarriedServer, ...]:
        with told(f"read the servers of host {host}"):
            found = self._door.service("compute").all(
                "servers/detail", "servers", version=SERVERS, all_tenants=1, host=host
            )
        servers = tuple(map(carried, found))
        if all(one.host for one in servers):
            return tuple(one for one in servers if one.host == host)
        there = self._by_host().get(host, frozenset())
        return tuple(replace(one, host=host) for one in servers if one.id in there)

    def counts(self) -> Mapping[str, int]:
        return {host: len(servers) for host, servers in self._by_host().items()}

    def _by_host(self) -> Mapping[str, frozenset[str]]:
        """Host -> ids of its servers.

        A credential that only looks may not see a server's host, and Nova then ignores that it was asked for one.
        """
        with told("read the hypervisors"):
            found = self._door.service("compute").all(
                "os-hypervisors/detail", "hypervisors", version=SERVICES, with_servers="true"
            )
        return {one["service"]["host"]: frozenset(server["uuid"] for server in one.get("servers", ())) for one in found}

    def left_behind(self, host: str) -> tuple[LeftBehind, ...]:
        """`finished` is Nova's word for a move that was not live and waits to be confirmed."""
        with told(f"read the moves from host {host}"):
            found = self._door.service("compute").all(
                "os-migrations", "migrations", version=MIGRATIONS, source_compute=host, status="finished"
            )
        return tuple(
            LeftBehind(server=one["instance_uuid"], resized=one["migration_type"] == "resize")
            for one in found
            if one["migration_type"] in {"migration", "resize"}
        )

    def groups(self) -> tuple[ServerGroup, ...]:
        with told("read the server groups"):
            found = self._door.service("compute").get("os-server-groups", version=GROUPS, all_projects="True")
        return tuple(
            ServerGroup(id=one["id"], policy=one["policy"], members=tuple(one["members"]))
            for one in found["server_groups"]
        )

    def disable(self, service: HostService) -> None:
        self._put(service, enabled=False)

    def enable(self, service: HostService) -> None:
        self._put(service, enabled=True)

    def server(self, id: str) -> CarriedServer | None:  # noqa: A002 the port's
        with told(f"read server {id}"):
            found = self._door.service("compute").find(f"servers/{id}", version=SERVERS)
            return carried(found["server"]) if found else None

    def move(self, server: CarriedServer, target: str, *, live: bool) -> None:
        cold: dict[str, Any] = {"migrate": {"host": target}}
        body = {"os-migrateLive": {"host": target, "block_migration": "auto"}} if live else cold
        self._act(server, body, f"move server {server.name} to {target}")

    def confirm(self, server: CarriedServer) -> None:
        self._act(server, {"confirmResize": None}, f"confirm the move of server {server.name}")

    def abort(self, server: CarriedServer) -> None:
        with told(f"give up the move of server {server.name}"):
            nova = self._door.service("compute")
            found = nova.get(f"servers/{server.id}/migrations", version=ABORTS)
            for one in found["migrations"]:
                nova.delete(f"servers/{server.id}/migrations/{one['id']}", version=ABORTS)

    def trouble(self, server: CarriedServer) -> str:
        with told(f"read what was done to server {server.name}"):
            return last_trouble(self._door.service("compute"), server.id)

    def _act(self, server: CarriedServer, body: Mapping[str, Any], doing: str) -> None:
        with told(doing):
            self._door.service("compute").post(f"servers/{server.id}/action", dict(body), version=MOVES)

    def _put(self, service: HostService, *, enabled: bool) -> None:
        """Twice is once: the same PUT again changes nothing."""
        word = "enable" if enabled else "disable"
        with told(f"{word} {service.text} on {service.host}"):
            if service.binary is Binary.COMPUTE:
                body = {"status": f"{word}d"} | ({} if enabled else {"disabled_reason": MAINTENANCE})
                self._door.service("compute").put(f"os-services/{service.id}", body, version=SERVICES)
            else:
                body = {"host": service.id, "binary": service.binary.value}
                path = "os-services/enable" if enabled else "os-services/disable-log-reason"
                reason = {} if enabled else {"disabled_reason": MAINTENANCE}
                self._door.service(BLOCK).put(path, body | reason)
