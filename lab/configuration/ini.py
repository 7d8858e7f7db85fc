"""oslo.config's file format, and what the files of all services have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lab.control_plane import GLANCE, KEYSTONE, Service
from lab.definition import Definition
from lab.layout import Layout

Options = Mapping[str, object]
Sections = Mapping[str, Options]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the configuration files are made from.

    ``prefix`` is where OpenStack's environment lies, ``optional_prefix`` where that of the optional services.
    """

    layout: Layout
    definition: Definition
    passwords: Mapping[str, str]
    prefix: Path
    optional_prefix: Path | None = None

    def url(self, service: Service) -> str:
        return service.url(self.definition.port_base)

    def database(self, name: str) -> str:
        """Return SQLAlchemy's address of a database, with the plugin that makes SQLite safe."""
        return f"sqlite:///{self.layout.database(name)}?plugin=mutualis"

    def account(self, user: str) -> Options:
        """Return keystoneauth's options with which a service logs in as ``user``."""
        return {
            "auth_url": f"{self.url(KEYSTONE)}/v3",
            "auth_type": "password",
            "project_domain_name": "Default",
            "user_domain_name": "Default",
            "project_name": "service",
            "username": user,
            "password": self.passwords[user],
            "region_name": self.definition.shape.region,
        }

    def token_check(self, service: Service) -> Options:
        """Return keystonemiddleware's options with which a service checks its callers' tokens."""
        return {
            "www_authenticate_uri": f"{self.url(KEYSTONE)}/v3",
            "service_token_roles": "service",
            "service_token_roles_required": "true",
            **self.account(service.name),
        }

    def token_checks(self, service: Service) -> Sections:
        """Return the sections with which a service checks its callers' tokens and adds its own to its calls."""
        return {
            "keystone_authtoken": self.token_check(service),
            "service_user": {"send_service_user_token": "true", **self.account(service.name)},
        }

    def paste_file(self, service: Service) -> Path:
        name = "glance-api-paste.ini" if service is GLANCE else "api-paste.ini"
        return self.prefix / "etc" / service.name / name

    def process(self) -> Sections:
        """Return what each service with workers of its own wants: no queue, no other host, locks in our directory."""
        state = self.layout.state
        return {
            "DEFAULT": {"state_path": state, "transport_url": "fake:/", "my_ip": "127.0.0.1"},
            "oslo_concurrency": {"lock_path": state / "lock"},
        }


def merged(*parts: Sections) -> Sections:
    """Join sections; of an option given twice the later counts."""
    result: dict[str, dict[str, object]] = {}
    for part in parts:
        for section, options in part.items():
            result.setdefault(section, {}).update(options)
    return result


def as_ini(sections: Sections) -> str:
    lines = ["# Written at each start of the embedded cloud: edits are lost."]
    for section, options in sections.items():
        lines += [f"[{section}]", *(f"{name} = {value}" for name, value in options.items())]
    return "\n".join(lines) + "\n"
