"""A key pair: belongs to a user, not to a project, and is known by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.provider import Created

if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties


class Keypair(Collection):
    version = "2.10"  # another user's key pairs; before 2.92, so that the server still makes keys

    def identifier(self, body: dict[str, Any]) -> str:
        return str(body["name"])

    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        body = self.post(action, self.creation(action, inputs))
        created(self.identifier(body))
        outputs = self.outputs(action, body, inputs)
        if body.get("private_key"):
            outputs["privateKey"] = body["private_key"]
        return Created(id=self.identifier(body), outputs=outputs)

    def find(self, action: Action, inputs: Properties) -> tuple[str, ...]:
        body = self._fetch(action, inputs["name"], inputs)
        same_key = body is not None and inputs.get("publicKey") in {None, body.get("public_key")}
        return (inputs["name"],) if same_key else ()

    def read(self, action: Action, id_: str, known: Properties) -> Properties | None:
        body = self._fetch(action, id_, known)
        return None if body is None else self.outputs(action, body, known)

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        owner = f"?user_id={quote(known['userId'], safe='')}" if known.get("userId") else ""
        action.service().delete(f"{self.place(action, id_)}{owner}", version=self.version)

    def _fetch(self, action: Action, name: str, known: Properties) -> dict[str, Any] | None:
        query = {"user_id": known["userId"]} if known.get("userId") else {}
        found = action.service().find(self.place(action, name), version=self.version, **query)
        return None if found is None else dict(found["keypair"])
