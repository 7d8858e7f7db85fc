"""What an installer tells Keystone: the services, their users and endpoints, and the read-only user.

Every function looks before it makes, so that all of it can be run again after an interruption.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lab.control_plane import KEYSTONE, Service
from lab.definition import ADMIN, OBSERVER, READER, Definition
from lab.layout import Layout
from lab.private_file import write_private
from lab.rest import Rest

_INTERFACES = ("public", "internal", "admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registrar:
    """Keystone as the administrator sees it."""

    rest: Rest
    url: str

    def found_or_made(self, kind: str, **fields: Any) -> Any:
        kinds = f"{self.url}/{kind}s"
        have = {item["name"]: item for item in self.rest.get(kinds)[f"{kind}s"]}
        return have.get(fields["name"]) or self.rest.post(kinds, {kind: fields})[kind]

    def grant(self, *, user: str, project: str, role: str) -> None:
        """Give a role (by name) to a user on a project (both by id); twice is once."""
        role_id = self.found_or_made("role", name=role)["id"]
        self.rest.put(f"{self.url}/projects/{project}/users/{user}/roles/{role_id}")


def is_registered(layout: Layout, definition: Definition) -> bool:
    """Whether Keystone knows all services that the cloud has."""
    if not layout.registered.exists():
        return False
    known = layout.registered.read_text(encoding="ascii").split()
    return set(definition.optional) <= set(known)


def remember_registered(layout: Layout, definition: Definition) -> None:
    """Note, after ``register``, which optional services Keystone knows."""
    write_private(layout.registered, "\n".join(definition.optional))


def register(definition: Definition, passwords: Mapping[str, str]) -> None:
    """Make the service project, users, roles, catalogue entries and the reader, as far as they are missing."""
    url = f"{KEYSTONE.url(definition.port_base)}/v3"
    rest = Rest().log_in(url, ADMIN, passwords[ADMIN], ADMIN)
    registrar = Registrar(rest=rest, url=url)
    project = registrar.found_or_made("project", name="service", domain_id="default")["id"]
    for service in definition.services:
        if service is not KEYSTONE:
            user = _user(registrar, service.name, passwords)
            for role in (ADMIN, "service"):
                registrar.grant(user=user, project=project, role=role)
            _endpoints(registrar, service, definition)
    reader = _user(registrar, READER, passwords)
    for role in (READER, OBSERVER):
        registrar.grant(user=reader, project=rest.project, role=role)


def _user(registrar: Registrar, name: str, passwords: Mapping[str, str]) -> str:
    user: str = registrar.found_or_made("user", name=name, domain_id="default", password=passwords[name])["id"]
    return user


def _endpoints(registrar: Registrar, service: Service, definition: Definition) -> None:
    known = {(e["service_id"], e["interface"]) for e in registrar.rest.get(f"{registrar.url}/endpoints")["endpoints"]}
    for kind in service.types:
        name = service.name if kind == service.types[0] else kind
        entry = registrar.found_or_made("service", name=name, type=kind)["id"]
        for interface in _INTERFACES:
            if (entry, interface) not in known:
                endpoint = {
                    "service_id": entry,
                    "interface": interface,
                    "url": service.url(definition.port_base) + service.path,
                    "region_id": definition.shape.region,
                }
                registrar.rest.post(f"{registrar.url}/endpoints", {"endpoint": endpoint})
