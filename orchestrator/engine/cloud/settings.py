"""Which cloud, as whom and where: an operation's `OS_*` variables under a provider resource's inputs.

Split in two: the identity (one per credential, shared by all sessions) and the scope that a provider resource
asks for on top of it (a tenant's project, another region). Never looks at the process's own environment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orchestrator.engine.cloud.endpoints import CALLS_AT_ONCE
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.provider import Properties

# input of the provider resource -> the variable that says the same
_IDENTITY: Final = {
    "authUrl": "OS_AUTH_URL",
    "cloud": "OS_CLOUD",
    "userName": "OS_USERNAME",
    "userId": "OS_USER_ID",
    "password": "OS_PASSWORD",
    "token": "OS_TOKEN",
    "userDomainName": "OS_USER_DOMAIN_NAME",
    "userDomainId": "OS_USER_DOMAIN_ID",
    "defaultDomain": "OS_DEFAULT_DOMAIN",
    "applicationCredentialId": "OS_APPLICATION_CREDENTIAL_ID",
    "applicationCredentialName": "OS_APPLICATION_CREDENTIAL_NAME",
    "applicationCredentialSecret": "OS_APPLICATION_CREDENTIAL_SECRET",
    "cacertFile": "OS_CACERT",
    "cert": "OS_CERT",
    "key": "OS_KEY",
    "insecure": "OS_INSECURE",
}
_SCOPE: Final = {
    "tenantId": "project_id",
    "tenantName": "project_name",
    "projectDomainId": "project_domain_id",
    "projectDomainName": "project_domain_name",
    "domainId": "domain_id",
    "domainName": "domain_name",
    "systemScope": "system_scope",
}
_TARGET: Final = {"region": "OS_REGION_NAME", "endpointType": "OS_INTERFACE"}
# understood and without meaning here: tokens are always renewed, calls never logged
_IGNORED: Final = frozenset(
    {
        "version",
        "allowReauth",
        "delayedAuth",
        "maxRetries",
        "swauth",
        "pluginDownloadURL",
        "disableNoCacheHeader",
        "enableLogging",
        "enableLogger",
        "__internal",
        "__defaults",
    }
)
_ALIASES: Final = {
    "OS_TENANT_NAME": "OS_PROJECT_NAME",
    "OS_TENANT_ID": "OS_PROJECT_ID",
    "OS_ENDPOINT_TYPE": "OS_INTERFACE",
    "OS_USERID": "OS_USER_ID",
}

KEEP_SCOPE: Final = "OS_KEEP_SCOPE"
"""Set in an operation's environment: the credential sees all projects from its own scope and has a role in no other.

For a preview with an auditor's credential: where a provider resource asks for a tenant's project, reads go without.
An object store's addresses name the project: there the tenant's account is asked, with the token of its own scope.
"""
AT_ONCE: Final = "OS_CALLS_AT_ONCE"
"""Set in an operation's environment: how many calls one service gets at the same time from the whole process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`identity`: variables that make the credential; `scope`: where it is to act instead of its own scope.

    `account`: the project whose object store is read from that own scope; empty: its own.
    """

    identity: tuple[tuple[str, str], ...]
    scope: tuple[tuple[str, str], ...]
    region: str
    interface: str
    calls_at_once: int = CALLS_AT_ONCE
    account: str = ""

    def __repr__(self) -> str:
        return f"Settings(scope={self.scope}, region={self.region!r})"  # the identity holds a password


def settings_of(configuration: Properties, environment: Mapping[str, str]) -> Settings:
    """One session's settings; `ProviderError` names a provider input that is not carried out."""
    unknown = sorted(set(configuration) - {*_IDENTITY, *_SCOPE, *_TARGET} - _IGNORED)
    if unknown:
        raise ProviderError(f"the provider's input {unknown[0]!r} is not supported by the embedded engine")
    given = {name: _text(value) for name, value in configuration.items() if value not in (None, "")}
    variables = {
        _ALIASES.get(name, name): value for name, value in environment.items() if name.startswith("OS_") and value
    }
    variables |= {variable: given[name] for name, variable in {**_IDENTITY, **_TARGET}.items() if name in given}
    region, interface = variables.pop("OS_REGION_NAME", ""), variables.pop("OS_INTERFACE", "")
    at_once = _at_once(variables.pop(AT_ONCE, ""))
    keeps = bool(variables.pop(KEEP_SCOPE, ""))
    asked = {} if keeps else _SCOPE
    scope = {key: given[name] for name, key in asked.items() if name in given}
    return Settings(
        identity=tuple(sorted(variables.items())),
        scope=_without_own_scope(scope, variables),
        region=region,
        interface=interface.removesuffix("URL"),
        calls_at_once=at_once,
        account=given.get("tenantId", "") if keeps else "",
    )


def _at_once(text: str) -> int:
    if not text:
        return CALLS_AT_ONCE
    if not (text.isascii() and text.isdecimal()) or int(text) < 1:
        raise ProviderError(f"{AT_ONCE} is {text!r}: write a whole number of calls, at least 1")
    return int(text)


def _without_own_scope(scope: dict[str, str], variables: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Nothing when the scope asked for is the credential's own: then its token serves."""
    own = variables.get("OS_PROJECT_ID")
    return () if own and scope == {"project_id": own} else tuple(sorted(scope.items()))


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
