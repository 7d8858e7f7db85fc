"""The few calls that an installer makes to OpenStack's APIs, with nothing but the standard library."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

_TIMEOUT = 60
_DOMAIN = {"name": "Default"}


class RestError(Exception):
    """An API refused (``status``), or did not answer (``status`` 0)."""

    def __init__(self, *, call: str, status: int, answer: str) -> None:
        super().__init__(f"{call}: {status or 'no answer'} {answer}")
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Calls with one token; ``project`` is the id of the project that it is for."""

    token: str = field(default="", repr=False)
    project: str = ""

    def get(self, url: str) -> Any:
        return self._call("GET", url, None)[0]

    def post(self, url: str, body: Any) -> Any:
        return self._call("POST", url, body)[0]

    def put(self, url: str) -> None:
        self._call("PUT", url, None)

    def log_in(self, auth_url: str, user: str, password: str, project: str) -> "Rest":
        """Return the same with a token of this user, all in the domain Default."""
        identity = {"methods": ["password"], "password": {"user": _named(user) | {"password": password}}}
        body = {"auth": {"identity": identity, "scope": {"project": _named(project)}}}
        answer, token = self._call("POST", f"{auth_url}/auth/tokens", body)
        return Rest(token=token, project=answer["token"]["project"]["id"])

    def _call(self, method: str, url: str, body: Any) -> tuple[Any, str]:
        headers = {"Content-Type": "application/json"} | ({"X-Auth-Token": self.token} if self.token else {})
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, headers, method=method)  # noqa: S310 loopback only
        try:
            with _DIRECT.open(request, timeout=_TIMEOUT) as response:
                text = response.read()
                return json.loads(text) if text else None, response.headers.get("X-Subject-Token", "")
        except urllib.error.HTTPError as error:
            with error:
                answer = error.read().decode(errors="replace")[:300]
            raise RestError(call=f"{method} {url}", status=error.code, answer=answer) from error
        except (OSError, ValueError) as error:
            raise RestError(call=f"{method} {url}", status=0, answer=str(error)) from error


def answers(url: str) -> bool:
    """Whether a server speaks HTTP there, be it to refuse."""
    try:
        with _DIRECT.open(url, timeout=5):
            return True
    except urllib.error.HTTPError as error:
        error.close()
        return True
    except (OSError, ValueError):
        return False


_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # loopback never goes through a proxy


def _named(name: str) -> dict[str, Any]:
    return {"name": name, "domain": _DOMAIN}
