"""A collection whose place, caller or way of waiting follows from one object's inputs: members of a pool, records.

Each step first asks `at` for the action as it is for that object.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.collection import Body, Collection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Condition, Created, Properties

DELETED = "DELETED"  # how Octavia and Designate tell of an object whose record is not swept up yet


class Situated(Collection):
    """Generic handler of such a type. `known`, as in `Collection`: inputs, or recorded outputs."""

    def at(self, action: Action, known: Mapping[str, Any]) -> Action:
        """The action at the object's own place: its path with the inputs that stand there."""
        return placed(action, action.type.api.path.format_map(known))

    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        return super().create(self.at(action, inputs), inputs, created)

    def resume(self, action: Action, id_: str, inputs: Properties) -> Created | None:
        return super().resume(self.at(action, inputs), id_, inputs)

    def find(self, action: Action, inputs: Properties) -> tuple[str, ...]:
        return super().find(self.at(action, inputs), inputs)

    def read(self, action: Action, id_: str, known: Properties) -> Properties | None:
        return super().read(self.at(action, known), id_, known)

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:
        return super().update(self.at(action, known), id_, changed, known)

    def condition(self, action: Action, id_: str, inputs: Properties) -> Condition:
        return super().condition(self.at(action, inputs), id_, inputs)

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        super().delete(self.at(action, known), id_, known)

    def fetch(self, action: Action, id_: str) -> Body | None:
        body = super().fetch(action, id_)
        return None if body is None or body.get(action.type.api.status) == DELETED else body


def placed(action: Action, path: str, **facts: Any) -> Action:
    """The action with another path, and further facts of its API replaced."""
    return replace(action, type=replace(action.type, api=replace(action.type.api, path=path, **facts)))
