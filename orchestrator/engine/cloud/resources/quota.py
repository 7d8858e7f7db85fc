"""Quotas of a project in one service: always there, never deleted, only set.

What a program leaves out keeps the service's value.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud import values
from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.provider import Created, NotYet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

BY_TYPE: Final = "volumeTypeQuota"
UNLIMITED: Final = -1  # Cinder's default of every quota by volume type
FORCE: Final = "force"  # Nova's and Neutron's word


class Quota:
    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        body = self._set(action, inputs["projectId"], inputs)
        id_ = self._id(action, inputs)
        created(id_)
        return Created(id=id_, outputs=self._outputs(action, inputs["projectId"], body, inputs))

    def find(self, action: Action, inputs: Properties) -> tuple[str, ...]:
        return (self._id(action, inputs),)

    def read(self, action: Action, id_: str, known: Properties) -> Properties | None:
        project = id_.split("/", maxsplit=1)[0]
        try:
            body = action.service().get(f"{action.type.api.path}/{project}")[action.type.api.key]
        except ServiceFault as fault:  # Nova answers 400 for a project that Keystone does not know
            if fault.status in {HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST}:
                return None
            raise
        return self._outputs(action, project, body, known)

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:
        project = id_.split("/", maxsplit=1)[0]
        wanted = {name: value for name, value in changed.items() if value is not None}
        if BY_TYPE in changed:
            freed = dict.fromkeys(known.get(BY_TYPE) or {}, UNLIMITED)
            wanted[BY_TYPE] = {**freed, **(changed[BY_TYPE] or {})}
        body = self._set(action, project, wanted)
        return self._outputs(action, project, body, {BY_TYPE: changed.get(BY_TYPE, known.get(BY_TYPE))})

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        """Nothing to call: the project's quotas end with the project."""

    def _id(self, action: Action, inputs: Properties) -> str:
        return f"{inputs['projectId']}/{action.connection.region}"

    def _set(self, action: Action, project: str, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        numbers = {
            prop.key: values.encode(prop, wanted[name])
            for name, prop in action.type.inputs.items()
            if prop.shape.kind == "int" and wanted.get(name) is not None
        }
        by_type = {name: values.scalar("int", value) for name, value in (wanted.get(BY_TYPE) or {}).items()}
        return _put(action, project, {**numbers, **by_type})

    def _outputs(self, action: Action, project: str, body: Mapping[str, Any], known: Properties) -> dict[str, Any]:
        told = {
            name: values.decode(prop, body.get(prop.key))
            for name, prop in action.type.inputs.items()
            if prop.shape.kind == "int"
        }
        outputs = {name: value for name, value in told.items() if value is not None}
        by_type = {name: str(body[name]) for name in known.get(BY_TYPE) or {} if body.get(name) is not None}
        return {**outputs, "projectId": project, **({BY_TYPE: by_type} if by_type else {})}


def _put(action: Action, project: str, limits: Mapping[str, Any]) -> dict[str, Any]:
    """Set limits, below what is used as well: deletions come last, so a project that shrinks is above for a while.

    Nova has always known `force`; Neutron has since it refuses such limits, and before would refuse the word.
    Cinder knows of no way around.
    """
    service, key = action.type.api.service, action.type.api.key
    path = f"{action.type.api.path}/{project}"
    forced = {key: {**limits, FORCE: True}}
    try:
        body = forced if service == "compute" else {key: dict(limits)}
        return dict(action.service().put(path, body)[key])
    except ServiceFault as fault:
        if service == "network" and "already used" in fault.text:
            return dict(action.service().put(path, forced)[key])
        if service == "block-storage" and "greater than existing resources" in fault.text:
            raise NotYet(str(fault)) from fault
        raise
