"""Outputs and inputs as they are recorded, from what a handler tells.

The official engine must find a state of ours unchanged: so every collection that the API fills stands there, even
when empty, and what a read cannot tell keeps its recorded value.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud import values
from orchestrator.engine.cloud.check import DEFAULTS
from orchestrator.engine.cloud.diff import changed_inputs
from orchestrator.engine.cloud.equality import text_hash

if TYPE_CHECKING:
    from orchestrator.engine.cloud.schema import ResourceType
    from orchestrator.engine.provider import Properties

META: Final = "__meta"  # where the official engine's bridge keeps the version of a type's schema


def applied(type_: ResourceType, inputs: Properties, told: Properties, region: str) -> dict[str, Any]:
    """Outputs after a create or an update: what was asked for, corrected by what the API told."""
    asked = {name: value for name, value in inputs.items() if name in type_.inputs and value is not None}
    return _filled(type_, {**asked, **_present(told)}, region)


def observed(type_: ResourceType, known: Properties, told: Properties, region: str) -> dict[str, Any]:
    """Outputs after a read: what the API told, with the recorded values of what it cannot tell."""
    kept = {name: known[name] for name, prop in type_.properties.items() if prop.kept and known.get(name) is not None}
    return _filled(type_, {**kept, **_present(told)}, region)


def untold(type_: ResourceType, inputs: Properties) -> dict[str, Any]:
    """What only a program can say of an object that it takes over: never read, and fixed when it was made."""
    fixed = {
        name: prop
        for name, prop in type_.inputs.items()
        if prop.kept and inputs.get(name) is not None and (prop.replace or any(f.replace for f in prop.fields.values()))
    }
    return {name: text_hash(inputs[name]) if prop.compare == "hash" else inputs[name] for name, prop in fixed.items()}


def taken_over(type_: ResourceType, inputs: Properties, outputs: Properties) -> dict[str, Any]:
    """The recorded inputs with drifted values; those of an import come from the API."""
    if not inputs:
        return _imported(type_, outputs)
    current = dict(inputs)
    for name in changed_inputs(type_, outputs, inputs):
        prop = type_.inputs[name]
        if prop.kept or name not in inputs:
            continue
        current[name] = outputs[name] if outputs.get(name) is not None else values.zero(prop)
    return {name: value for name, value in current.items() if value is not None}


def _imported(type_: ResourceType, outputs: Properties) -> dict[str, Any]:
    found = {name: outputs.get(name) for name, prop in type_.inputs.items() if prop.kept or not prop.local}
    given = {name: value for name, value in found.items() if not values.empty(value)}
    return {**given, DEFAULTS: []}


def _present(told: Properties) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}


def _filled(type_: ResourceType, outputs: dict[str, Any], region: str) -> dict[str, Any]:
    for name, prop in type_.properties.items():
        if prop.filled and outputs.get(name) is None:
            outputs[name] = {} if prop.shape.kind == "map" else []
    if type_.version:
        outputs[META] = json.dumps({"schema_version": str(type_.version)}, separators=(",", ":"))
    if "region" in type_.inputs and region:
        outputs["region"] = outputs.get("region") or region
    return outputs
