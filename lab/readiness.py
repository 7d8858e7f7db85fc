"""When the cloud is ready: every API answers the administrator, every host and back end of the shape reports up."""

from collections.abc import Mapping

from lab.control_plane import CINDER, DESIGNATE, GLANCE, KEYSTONE, NEUTRON, NOVA, OCTAVIA, OPTIONAL, PLACEMENT, SWIFT
from lab.definition import ADMIN, Definition
from lab.rest import Rest, RestError

_LIST = {
    SWIFT.name: "/v1/AUTH_{project}?format=json&limit=1",
    DESIGNATE.name: "/v2/zones?limit=1",
    OCTAVIA.name: "/v2.0/lbaas/loadbalancers?limit=1",
}


def readiness(definition: Definition, passwords: Mapping[str, str]) -> tuple[str, ...]:
    """Ask every service once; return what is still missing, in words. A refusal or silence counts as missing."""
    base = definition.port_base
    try:
        rest = Rest().log_in(f"{KEYSTONE.url(base)}/v3", ADMIN, passwords[ADMIN], ADMIN)
        rest.get(f"{GLANCE.url(base)}/v2/images?limit=1")
        rest.get(f"{NEUTRON.url(base)}/v2.0/networks?limit=1")
        return (
            *_without(_wanted_hosts(definition), _hosts_up(rest, base), "hypervisor"),
            *_without(_wanted_hosts(definition), _providers(rest, base), "resource provider"),
            *_without(_wanted_backends(definition), _backends_up(rest, base), "volume back end"),
            *_silent(rest, definition),
        )
    except RestError as error:
        return (str(error),)


def _silent(rest: Rest, definition: Definition) -> tuple[str, ...]:
    """Ask each optional service that the cloud has for a list; return those that give none, and why."""
    missing = []
    for service in OPTIONAL:
        if service in definition.services:
            try:
                rest.get(service.url(definition.port_base) + _LIST[service.name].format(project=rest.project))
            except RestError as error:
                missing.append(f"{service.name}: {error}")
    return tuple(missing)


def _wanted_hosts(definition: Definition) -> set[str]:
    return {host.name for host in definition.shape.hypervisors}


def _wanted_backends(definition: Definition) -> set[str]:
    return {f"lab@{backend.name}" for backend in definition.shape.volume_backends}


def _hosts_up(rest: Rest, base: int) -> set[str]:
    """Return the hypervisors that report; Nova lists only those that it has mapped to a cell."""
    hosts = rest.get(f"{NOVA.url(base)}/v2.1/os-hypervisors")["hypervisors"]
    return {host["hypervisor_hostname"] for host in hosts if host["state"] == "up"}


def _providers(rest: Rest, base: int) -> set[str]:
    return {item["name"] for item in rest.get(f"{PLACEMENT.url(base)}/resource_providers")["resource_providers"]}


def _backends_up(rest: Rest, base: int) -> set[str]:
    services = rest.get(f"{CINDER.url(base)}/v3/{rest.project}/os-services")["services"]
    return {service["host"] for service in services if service["state"] == "up"}


def _without(wanted: set[str], found: set[str], kind: str) -> tuple[str, ...]:
    return tuple(f"{kind} {name}" for name in sorted(wanted - found))
