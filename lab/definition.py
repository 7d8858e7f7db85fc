"""What a cloud remembers of itself between two starts: its shape, its ports, its passwords."""

import secrets
from dataclasses import dataclass
from typing import Any

from lab.control_plane import ALL_SERVICES, KEYSTONE, Service, services_with
from lab.layout import Layout
from lab.private_file import read_json, write_private_json
from lab.shape import CloudShape, shape_of_json

ADMIN = "admin"
READER = "reader"
OBSERVER = "observer"  # the role that our policy files let read everything
ACCOUNTS = (ADMIN, READER, *(service.name for service in ALL_SERVICES if service is not KEYSTONE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A cloud's shape, the first of its ports, and the names of the optional services that it has."""

    shape: CloudShape
    port_base: int
    optional: tuple[str, ...] = ()

    @property
    def services(self) -> tuple[Service, ...]:
        return services_with(self.optional)


def load_definition(layout: Layout) -> Definition | None:
    data = read_json(layout.definition)
    if not data:
        return None
    return Definition(
        shape=shape_of_json(data["shape"]),
        port_base=data["port_base"],
        optional=tuple(data.get("optional", ())),  # missing in the files of before there were any
    )


def store_definition(layout: Layout, definition: Definition) -> None:
    data = {
        "shape": definition.shape.as_json(),
        "port_base": definition.port_base,
        "optional": definition.optional,
    }
    write_private_json(layout.definition, data)


def load_passwords(layout: Layout) -> dict[str, str]:
    """Return the password of each account; missing ones are made and stored, existing ones stay."""
    stored: dict[str, Any] = read_json(layout.passwords) or {}
    passwords = {account: stored.get(account) or secrets.token_urlsafe(24) for account in ACCOUNTS}
    if passwords != stored:
        write_private_json(layout.passwords, passwords)
    return passwords
