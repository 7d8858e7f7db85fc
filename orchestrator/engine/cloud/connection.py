"""The door to OpenStack: credentials become authenticated sessions here, and nowhere else.

One identity per credential, whatever number of tenants is served with it: a session of another scope exchanges
its token, so a fleet of a thousand stacks authenticates with the password once. Knows no resource.
"""

from __future__ import annotations

import re
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Protocol

import requests
from keystoneauth1 import exceptions
from keystoneauth1.identity.base import BaseIdentityPlugin
from keystoneauth1.session import Session as KeystoneSession
from openstack.config import OpenStackConfig
from openstack.exceptions import ConfigException

from orchestrator.engine.cloud.endpoints import ENDPOINTS
from orchestrator.engine.cloud.rescope import Rescoped, discard
from orchestrator.engine.cloud.unreached import unreachable
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keystoneauth1.access import AccessInfo
    from openstack.config.cloud_region import CloudRegion

    from orchestrator.engine.cloud.settings import Settings

POOL_SIZE: Final = 64  # connections kept per service: as many as steps may run at once
REQUEST_SECONDS: Final = 120.0
ROOTS: Final = {"identity": "/v3", "compute": "/v2.1", "network": "/v2.0", "block-storage": "/v3", "image": "/v2",
                "load-balancer": "/v2", "dns": "/v2", "placement": "", "object-store": ""}  # fmt: skip
# Placement's addresses carry no version; those of object stores carry it with the account
_VERSION: Final = re.compile(r"/v\d+(\.\d+)?(/[^/]*)?$")
_AUTH_NAMES: Final = (
    "auth_url", "username", "user_id", "password", "token", "user_domain_name", "user_domain_id", "project_name",
    "project_id", "project_domain_name", "project_domain_id", "domain_name", "domain_id", "system_scope",
    "application_credential_id", "application_credential_name", "application_credential_secret",
    "default_domain", "trust_id",
)  # fmt: skip


class Source(Protocol):
    """Something whose bytes are read in pieces."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a service answered. `body`: of JSON, or None."""

    status: int
    headers: Mapping[str, str]
    text: str
    body: Any


class Identity:
    """One credential: its keystoneauth plugin, connection pool and the regions of its catalogue."""

    def __init__(self, settings: Settings) -> None:
        try:
            self.region: CloudRegion = _cloud_region(dict(settings.identity), settings.region)
            self.plugin = _plugin(self.region)
        except (ConfigException, exceptions.ClientException) as error:
            raise ProviderError(f"the credential in OS_* cannot be used: {error}") from error
        verify, certificate = self.region.get_requests_verify_args()
        self.http = KeystoneSession(
            session=_pool(), verify=verify, cert=certificate, user_agent="mutualis", timeout=REQUEST_SECONDS
        )


class Connection:
    """One identity in one scope. Safe to use from many threads."""

    def __init__(self, identity: Identity, settings: Settings) -> None:
        self._identity = identity
        self._plugin = Rescoped(identity.plugin, dict(settings.scope)) if settings.scope else identity.plugin
        self.region = settings.region or identity.region.get_region_name() or ""
        self._scope = ", ".join(f"{key} {value}" for key, value in settings.scope)
        self._asked = {**identity.region.config.get("auth", {}), **_only_project(settings.scope)}
        self._interface = settings.interface
        self._account = settings.account
        self._at_once = settings.calls_at_once
        self._roots: dict[str, str] = {}
        self._lock = Lock()

    def send(
        self,
        service: str,
        method: str,
        path: str,
        *,
        renew: bool = True,
        seconds: float = REQUEST_SECONDS,
        **options: Any,
    ) -> Answer:
        """One call, not repeated, but for a token that is refused: then once more with a new one, if `renew`.

        `seconds`: without a byte, until it is given up. `options`: json, data, params, headers of the request. Data
        that can be read only once are sent once.
        """
        root = self.root(service)
        call = f"{method} {root}/{path}"
        token = self._token(call)
        options["timeout"] = seconds
        response = self._request(root, call, token, options)
        if renew and response.status_code == HTTPStatus.UNAUTHORIZED and "data" not in options:
            discard(self._plugin, token)
            response = self._request(root, call, self._token(call), options)
        return Answer(status=response.status_code, headers=response.headers, text=response.text, body=_body(response))

    def _request(self, root: str, call: str, token: str | None, options: dict[str, Any]) -> requests.Response:
        """`root`: of the service; `call`: method and address."""
        method, url = call.split(" ", maxsplit=1)
        headers = {**options.get("headers", {}), "X-Auth-Token": token}
        # a stream may take hours: it must not keep short calls from their turn
        turn = nullcontext() if "data" in options else ENDPOINTS.of(root).turn(self._at_once)
        try:
            with turn:
                return self._identity.http.request(
                    url,
                    method,
                    authenticated=False,
                    raise_exc=False,
                    log=False,
                    **{**options, "headers": headers},
                )
        except exceptions.ClientException as error:
            raise unreachable(call, error, self._scope) from error

    def _token(self, call: str) -> str | None:
        try:
            return self._plugin.get_token(self._identity.http)
        except exceptions.ConnectFailure as error:  # its own address tells more than that of the call
            raise unreachable("POST identity /v3/auth/tokens", error, self._scope, before=True) from error
        except exceptions.ClientException as error:
            raise unreachable(call, error, self._scope, before=True) from error

    @contextmanager
    def download(self, url: str, credential: tuple[str, str] | None) -> Iterator[Source]:
        """Bytes of any address (an image's), with no token of ours."""
        try:
            with requests.get(url, auth=credential, stream=True, timeout=REQUEST_SECONDS) as response:
                response.raise_for_status()
                yield response.raw
        except requests.RequestException as error:
            raise ProviderError(f"GET {url}: {error}", temporary=True) from error

    def root(self, service: str) -> str:
        """The service's address with its version, from the catalogue; no discovery call is made."""
        if service not in self._roots:
            self._roots[service] = self._find_root(service)
        return self._roots[service]

    def has(self, service: str) -> bool:
        try:
            self.root(service)
        except ProviderError:
            return False
        return True

    def access(self) -> AccessInfo:
        """Who the token is, and where it acts."""
        try:
            return self._plugin.get_access(self._identity.http)
        except exceptions.ClientException as error:
            raise unreachable("POST identity /v3/auth/tokens", error, self._scope, before=True) from error

    @property
    def project_id(self) -> str:
        return self.access().project_id or ""

    @property
    def project(self) -> str:
        """The project it acts in, for people: by its token, or as it was asked for; "" for none. Makes no call."""
        held = self._plugin.auth_ref
        if held is not None:
            return f"{held.project_name} ({held.project_id})" if held.project_id else ""
        return str(self._asked.get("project_name") or self._asked.get("project_id") or "")

    def _find_root(self, service: str) -> str:
        override = self._identity.region.get_endpoint(service)
        interface = self._interface or self._identity.region.get_interface(service) or "public"
        try:
            url = override or self.access().service_catalog.url_for(
                service_type=service, interface=interface, region_name=self.region or None
            )
        except exceptions.CatalogException as error:
            where = f" in region {self.region}" if self.region else ""
            raise ProviderError(f"the cloud's catalogue has no {interface} {service} service{where}") from error
        url = (url or "").rstrip("/")
        if service == "object-store" and self._account:
            url = of_account(url, self.project_id, self._account)
        return versioned(url, service)


def _only_project(scope: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """What a scope says of the project, in the place of all that the credential says of its own."""
    return {"project_name": "", "project_id": "", **dict(scope)} if scope else {}


def _plugin(region: CloudRegion) -> BaseIdentityPlugin:
    plugin = region.get_auth()
    if not isinstance(plugin, BaseIdentityPlugin):
        raise ProviderError("OS_* holds no credential for Keystone: set OS_CLOUD, or OS_AUTH_URL and the like")
    return plugin


def versioned(url: str, service: str) -> str:
    """The address with the version that is spoken; identity always has v3, whatever its entry says."""
    if service == "identity":
        return _VERSION.sub("", url) + ROOTS[service]
    return url if _VERSION.search(url) else url + ROOTS[service]


def of_account(url: str, own: str, other: str) -> str:
    """An object store's address with another project's account in it, whatever stands before the id (`AUTH_`)."""
    store, _, account = url.rpartition("/")
    return f"{store}/{account.removesuffix(own)}{other}" if own and account.endswith(own) else url


def _body(response: requests.Response) -> Any:
    if "json" not in response.headers.get("Content-Type", "") or not response.content:
        return None
    try:
        return response.json()
    except ValueError as error:
        raise ProviderError(f"{response.url}: the answer was cut off or is no JSON", temporary=True) from error


def _pool() -> requests.Session:
    session = requests.Session()
    session.auth = _as_it_is  # keeps requests from looking into .netrc; proxies of the environment do count
    adapter = requests.adapters.HTTPAdapter(pool_connections=16, pool_maxsize=POOL_SIZE)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _cloud_region(variables: dict[str, str], region: str) -> CloudRegion:
    file = variables.get("OS_CLIENT_CONFIG_FILE")
    secure = variables.get("OS_CLIENT_SECURE_FILE")
    config = OpenStackConfig(
        config_files=[file] if file else None,
        secure_files=[secure] if secure else None,
        load_envvars=False,
        load_yaml_config="OS_CLOUD" in variables,
    )
    given: dict[str, Any] = {
        "auth": {name: variables[key] for name in _AUTH_NAMES if (key := f"OS_{name.upper()}") in variables}
    }
    given |= {
        name: variables[key]
        for name, key in (
            ("cacert", "OS_CACERT"),
            ("cert", "OS_CERT"),
            ("key", "OS_KEY"),
            ("auth_type", "OS_AUTH_TYPE"),
        )
        if key in variables
    }
    if "OS_INSECURE" in variables:
        given["insecure"] = variables["OS_INSECURE"].lower() in {"1", "true", "yes"}
    return config.get_one(cloud=variables.get("OS_CLOUD"), region_name=region or None, **_typed(given, variables))


def _typed(given: dict[str, Any], variables: Mapping[str, str]) -> dict[str, Any]:
    """Says how to log in where the variables alone must tell (a clouds.yaml names it itself)."""
    if "auth_type" in given or "OS_CLOUD" in variables:
        return given
    if "OS_APPLICATION_CREDENTIAL_SECRET" in variables:
        return given | {"auth_type": "v3applicationcredential"}
    return given | {"auth_type": "v3token" if "OS_TOKEN" in variables else "password"}
