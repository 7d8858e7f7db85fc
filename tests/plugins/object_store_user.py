"""A member's user at work in an object store, without the product: a token of its project, and addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import openstack
import requests

Connection = Any


def account_of(cloud: Connection, project: str) -> str:
    """The address of a project's account. `project`: its name."""
    (found,) = cloud.identity.projects(name=project)
    base: str = cloud.object_store.get_endpoint().rpartition("/")[0]
    return f"{base}/AUTH_{found.id}"


class ObjectStoreUser:
    """Has one role on one project. `cloud`: the administrator's."""

    def __init__(self, cloud: Connection, project: str, role: str = "member") -> None:
        name = f"{project}-{role}"
        (found,) = cloud.identity.projects(name=project)
        self._cloud = cloud
        self.user = cloud.identity.create_user(name=name, password=name, domain_id="default")
        cloud.identity.assign_project_role_to_user(found, self.user, cloud.identity.find_role(role))
        self._connection = openstack.connect(
            load_envvars=False,
            load_yaml_config=False,
            auth_url=cloud.config.get_auth_args()["auth_url"],
            username=name,
            password=name,
            project_id=found.id,
            user_domain_id="default",
        )

    def ask(self, method: str, url: str, data: bytes | None = None, headers: Mapping[str, str] | None = None) -> int:
        """The status of the answer."""
        token: dict[str, str] = {"X-Auth-Token": str(self._connection.auth_token)}
        return requests.request(method, url, data=data, headers={**token, **(headers or {})}, timeout=60).status_code

    def close(self) -> None:
        self._connection.close()
        self._cloud.identity.delete_user(self.user)
