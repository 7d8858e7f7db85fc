"""A host as the services know it: what it holds, and how they forget it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from orchestrator.adapters.host_services_openstack.door import Door, told
from orchestrator.adapters.host_services_openstack.host_services import BLOCK, SERVICES, OpenStackHostServices
from orchestrator.model.host_duty import Binary, HostHoldings, HostService

NETWORK: Final = "network"
PLACEMENT: Final = "placement"


class OpenStackHostRegistry:
    """`environment`: as of OpenStackHostServices."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._door = Door(environment)
        self._services = OpenStackHostServices(environment)

    def holdings(self, host: str) -> HostHoldings:
        services = [one for one in self._services.services() if one.host == host]
        agents, providers = self._agents(host), self._providers(host)
        return HostHoldings(
            servers=self._services.servers(host),
            allocations=tuple(consumer for provider in providers for consumer in self._allocations(provider["uuid"])),
            volumes=tuple(self._volumes(host)),
            running=(
                *(one.text for one in services if one.up),
                *(one["agent_type"] for one in agents if one["alive"]),
            ),
            known=(
                *(one.text for one in services),
                *(one["agent_type"] for one in agents),
                *(f"resource provider {one['uuid']}" for one in providers),
            ),
        )

    def remove(self, host: str) -> tuple[str, ...]:
        """Nova takes it out of its aggregates, and its resource provider with it. Cinder has no call for this."""
        gone = [one.text for one in self._services.services() if one.host == host and self._forgotten(one)]
        for agent in self._agents(host):
            with told(f"remove {agent['agent_type']} on {host}"):
                if self._door.service(NETWORK).delete(f"agents/{agent['id']}"):
                    gone.append(agent["agent_type"])
        for provider in self._providers(host):  # what Nova could not remove, or left behind earlier
            with told(f"remove the resource provider of {host}"):
                if self._door.service(PLACEMENT).delete(f"resource_providers/{provider['uuid']}"):
                    gone.append(f"resource provider {provider['uuid']}")
        return tuple(gone)

    def _forgotten(self, service: HostService) -> bool:
        if service.binary is not Binary.COMPUTE:
            return False
        with told(f"remove {service.text} on {service.host}"):
            return self._door.service("compute").delete(f"os-services/{service.id}", version=SERVICES)

    def _agents(self, host: str) -> list[Mapping[str, Any]]:
        with told(f"read the network agents of {host}"):
            found: list[Mapping[str, Any]] = self._door.service(NETWORK).get("agents", host=host)["agents"]
            return found

    def _providers(self, host: str) -> list[Mapping[str, Any]]:
        with told(f"read the resource provider of {host}"):
            body = self._door.service(PLACEMENT).get("resource_providers", name=host)
        found: list[Mapping[str, Any]] = body["resource_providers"]
        return found

    def _allocations(self, provider: str) -> Iterator[str]:
        with told(f"read what resource provider {provider} has given out"):
            yield from self._door.service(PLACEMENT).get(f"resource_providers/{provider}/allocations")["allocations"]

    def _volumes(self, host: str) -> Iterator[str]:
        """Of whatever back end: `host@backend#pool` is where Cinder keeps a volume."""
        with told(f"read the volumes of {host}"):
            for one in self._door.service(BLOCK).all("volumes/detail", "volumes", all_tenants=1):
                if (one.get("os-vol-host-attr:host") or "").partition("@")[0] == host:
                    yield one["id"]
