"""Changes of a server that exists, one call each, every one waited for before the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from orchestrator.engine.cloud.busy import when_idle
from orchestrator.engine.cloud.faults import called
from orchestrator.engine.cloud.resources.instance import references
from orchestrator.engine.cloud.waits import until
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

TAGS: Final = "2.26"
_PASSING: Final = frozenset({"BUILD", "RESIZE", "REBUILD"})  # before their end a server takes no change
# (state now, state wanted) -> Nova's action
_POWER: Final[Mapping[tuple[str, str], dict[str, Any]]] = {
    ("SHUTOFF", "active"): {"os-start": None},
    ("PAUSED", "active"): {"unpause": None},
    ("SUSPENDED", "active"): {"resume": None},
    ("SHELVED_OFFLOADED", "active"): {"unshelve": None},
    ("SHELVED", "active"): {"unshelve": None},
    ("ACTIVE", "shutoff"): {"os-stop": None},
    ("ACTIVE", "paused"): {"pause": None},
    ("ACTIVE", "shelved_offloaded"): {"shelve": None},
    ("SHUTOFF", "shelved_offloaded"): {"shelve": None},
}


class Server:
    """One server in one action."""

    def __init__(self, action: Action, id_: str) -> None:
        self._action = action
        self._id = id_
        self.path = f"servers/{id_}"
        self.called = f"server {id_}"  # with its name once it was read

    def fetch(self) -> dict[str, Any] | None:
        found = self._action.service().find(self.path, version=TAGS)
        if found is None:
            return None
        self.called = called("server", self._id, found["server"])
        return dict(found["server"])

    def act(self, body: Mapping[str, Any]) -> None:
        when_idle(self._action, lambda: self._action.service().post(f"{self.path}/action", body))

    def reach(self, *states: str) -> dict[str, Any]:
        """Wait for one of the states; ERROR ends it with the server's own fault."""

        def poll() -> dict[str, Any] | None:
            body = self.fetch()
            if body is None:
                raise ProviderError(f"{self.called} is gone")
            if body["status"] == "ERROR" and "ERROR" not in states:
                raise ProviderError(f"{self.called} went to ERROR: {fault_of(body)}")
            return body if body["status"] in states and not body.get("OS-EXT-STS:task_state") else None

        return until(poll, self._action.deadline, f"{self.called} to become {' or '.join(states)}")

    def settle(self) -> dict[str, Any]:
        """Wait for what an earlier run has begun; the server as it is then."""

        def poll() -> dict[str, Any] | None:
            body = self.fetch()
            if body is None:
                raise ProviderError(f"{self.called} is gone")
            return None if body["status"] in _PASSING else body

        return until(poll, self._action.deadline, f"{self.called} to be ready for changes")

    def rename(self, name: str) -> None:
        self._action.service().put(self.path, {"server": {"name": name}})

    def power(self, wanted: str) -> None:
        status = self.reach("ACTIVE", "SHUTOFF", "PAUSED", "SUSPENDED", "SHELVED", "SHELVED_OFFLOADED", "ERROR")[
            "status"
        ]
        if status.lower() == wanted:
            return
        if (status, wanted) not in _POWER:
            raise ProviderError(f"{self.called} is {status}: it cannot be made {wanted} from there")
        self.act(_POWER[status, wanted])
        targets = {"active": ("ACTIVE",), "shelved_offloaded": ("SHELVED", "SHELVED_OFFLOADED")}
        self.reach(*targets.get(wanted, (wanted.upper(),)))

    def resize(self, flavor: str, *, confirm: bool) -> None:
        before = self.reach("ACTIVE", "SHUTOFF")["status"]
        self.act({"resize": {"flavorRef": flavor}})
        self.reach("VERIFY_RESIZE")
        if confirm:
            self.confirm(before)

    def confirm(self, *states: str) -> None:
        self.act({"confirmResize": None})
        self.reach(*states)

    def rebuild(self, image: str, name: str, password: str) -> None:
        wanted = {"imageRef": image, "name": name} | ({"adminPass": password} if password else {})
        self.act({"rebuild": wanted})
        self.reach("ACTIVE", "SHUTOFF")

    def metadata(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        for key in sorted(set(old) - set(new)):
            self._action.service().delete(f"{self.path}/metadata/{quote(key, safe='')}")
        if new:
            wanted = {key: str(value) for key, value in new.items()}
            self._action.service().post(f"{self.path}/metadata", {"metadata": wanted})

    def groups(self, old: set[str], new: set[str]) -> None:
        for name in sorted(old - new):
            self.act({"removeSecurityGroup": {"name": name}})
        for name in sorted(new - old):
            self.act({"addSecurityGroup": {"name": name}})

    def tags(self, tags: list[str]) -> None:
        self._action.service().put(f"{self.path}/tags", {"tags": tags}, version=TAGS)


def apply(server: Server, action: Action, changed: Mapping[str, Any], known: Properties) -> None:
    """All that differs, in the official provider's order. `known` holds the recorded values of what changes."""
    _describe(server, changed, known)
    _resize(server, action, changed, known)
    _rebuild(server, action, changed, known)
    if "tags" in changed:
        theirs = set(known.get("allTags") or ()) - set(known.get("tags") or ())
        server.tags(sorted(theirs | set(changed["tags"] or ())))
    if changed.get("powerState") not in {None, "active"}:
        server.power(changed["powerState"])


def _describe(server: Server, changed: Mapping[str, Any], known: Properties) -> None:
    if changed.get("name"):
        server.rename(changed["name"])
    if changed.get("powerState") == "active":
        server.power("active")
    if "metadata" in changed:
        server.metadata(known.get("metadata") or {}, changed["metadata"] or {})
    if "securityGroups" in changed:
        server.groups(set(known.get("securityGroups") or ()), set(changed["securityGroups"] or ()))
    if changed.get("adminPass"):
        server.act({"changePassword": {"adminPass": changed["adminPass"]}})


def _resize(server: Server, action: Action, changed: Mapping[str, Any], known: Properties) -> None:
    wanted = {name: changed[name] for name in ("flavorId", "flavorName") if changed.get(name)}
    if wanted:
        options = {**known, **changed}.get("vendorOptions") or {}
        server.resize(references.flavor_id(action, wanted), confirm=not options.get("ignoreResizeConfirmation"))


def _rebuild(server: Server, action: Action, changed: Mapping[str, Any], known: Properties) -> None:
    wanted = {name: changed[name] for name in ("imageId", "imageName") if changed.get(name)}
    if wanted:
        new = {**known, **changed}
        server.rebuild(references.image_id(action, wanted), new["name"], str(new.get("adminPass") or ""))


def fault_of(body: Mapping[str, Any]) -> str:
    return str((body.get("fault") or {}).get("message") or "").strip() or "Nova gives no reason"
