"""Roles and users that the directory knows already: looked up, never made, each once a program."""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_openstack as openstack


class Directory:
    """Ids by name. A name that Keystone does not know ends the program with Keystone's message."""

    def __init__(self) -> None:
        self._roles: dict[str, pulumi.Output[str]] = {}
        self._users: dict[str, pulumi.Output[str]] = {}

    def role(self, name: str) -> pulumi.Output[str]:
        if name not in self._roles:
            found: Any = openstack.identity.get_role_output(name=name)
            self._roles[name] = found.id
        return self._roles[name]

    def user(self, name: str) -> pulumi.Output[str]:
        if name not in self._users:
            found: Any = openstack.identity.get_user_output(name=name)
            self._users[name] = found.id
        return self._users[name]
