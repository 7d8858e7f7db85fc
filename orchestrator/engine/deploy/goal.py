"""What a program asks for: one registration, and the answer it is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.values import PropertyMap, without_internals


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Where a resource may have stood before. Empty parts: as the resource has them now."""

    urn: str = ""
    name: str = ""
    type: str = ""
    stack: str = ""
    project: str = ""
    parent: str = ""
    no_parent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A `RegisterResource` request. None: not said, so inherited or left to a rule. Timeouts in seconds."""

    type: str
    name: str
    custom: bool
    parent: str = ""
    inputs: PropertyMap = field(default_factory=dict)
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    provider: str = ""
    providers: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    protect: bool | None = None
    retain_on_delete: bool | None = None
    delete_before_replace: bool | None = None
    deleted_with: str = ""
    ignore_changes: tuple[str, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    replace_with: tuple[str, ...] = ()
    replacement_trigger: Any = None
    hide_diff: tuple[str, ...] = ()
    additional_secret_outputs: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    import_id: str = ""
    timeouts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A `ReadResource` request (`Type.get(...)`)."""

    type: str
    name: str
    id: str
    parent: str = ""
    inputs: PropertyMap = field(default_factory=dict)
    dependencies: tuple[str, ...] = ()
    provider: str = ""
    version: str = ""
    additional_secret_outputs: tuple[str, ...] = ()


class Result(Enum):
    """How a registration ended, in the protocol's numbers."""

    DONE = 0
    FAILED = 1
    SKIPPED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the program is told. `unknown`: nothing can be said, because the step was left out on request."""

    urn: str
    id: str = ""
    properties: PropertyMap = field(default_factory=dict)
    result: Result = Result.DONE
    unknown: bool = False

    @classmethod
    def of(cls, resource: Resource) -> Answer:
        """A resource as it is recorded."""
        return cls(urn=resource.urn, id=resource.id, properties=without_internals(resource.outputs))
