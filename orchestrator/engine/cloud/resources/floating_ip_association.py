"""An existing floating IP led to a port."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.provider import Created, ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties


class FloatingIpAssociation:
    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        id_ = _floating_ip(action, inputs["floatingIp"])
        if id_ is None:
            raise ProviderError(f"there is no floating IP {inputs['floatingIp']} that this credential can see")
        body = self._lead(action, id_, inputs["portId"], inputs.get("fixedIp"))
        created(id_)
        return Created(id=id_, outputs=_outputs(body, inputs))

    def find(self, action: Action, inputs: Properties) -> tuple[str, ...]:
        id_ = _floating_ip(action, inputs["floatingIp"])
        body = self._fetch(action, id_) if id_ else None
        return (body["id"],) if body and body.get("port_id") == inputs["portId"] else ()

    def read(self, action: Action, id_: str, known: Properties) -> Properties | None:
        body = self._fetch(action, id_)
        return _outputs(body, known) if body and body.get("port_id") else None

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:
        new = {**known, **changed}
        fixed = new.get("fixedIp") if "portId" not in changed or "fixedIp" in changed else None
        return _outputs(self._lead(action, id_, new["portId"], fixed), known)

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        body = self._fetch(action, id_)
        led_elsewhere = body is None or known.get("portId") not in {None, body.get("port_id")}
        if not led_elsewhere:
            self._lead(action, id_, None, None)

    def _lead(self, action: Action, id_: str, port: str | None, fixed: str | None) -> dict[str, Any]:
        wanted = {"port_id": port} | ({"fixed_ip_address": fixed} if port and fixed else {})
        return dict(action.service().put(f"floatingips/{id_}", {"floatingip": wanted})["floatingip"])

    def _fetch(self, action: Action, id_: str) -> dict[str, Any] | None:
        found = action.service().find(f"floatingips/{id_}")
        return None if found is None else dict(found["floatingip"])


def _floating_ip(action: Action, address: str) -> str | None:
    """Its id, by address; an id is accepted as well."""
    found = action.service().all("floatingips", "floatingips", floating_ip_address=address) if "." in address else []
    if found:
        return str(found[0]["id"])
    return address if action.service().find(f"floatingips/{address}") else None


def _outputs(body: Mapping[str, Any], known: Properties) -> dict[str, Any]:
    given = known.get("floatingIp")
    return {
        "floatingIp": given if given == body["id"] else body["floating_ip_address"],
        "portId": body.get("port_id") or "",
        "fixedIp": body.get("fixed_ip_address") or "",
    }
