"""A plan as JSON, and back: the artifact that is reviewed and then given to apply.

Shape (schemaVersion 1): the fields of `model.plan.Plan`, camelCase is not used so that the file reads like the model.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from orchestrator.errors import UsageError
from orchestrator.model.plan import (
    Operation,
    Plan,
    PropertyChange,
    ResourceChange,
    Step,
    StepAction,
    StepKind,
    Trouble,
    Untaken,
)

SCHEMA_VERSION = 1


def plan_to_json(plan: Plan) -> str:
    """The whole plan; keys in a stable order."""
    data = {"schemaVersion": SCHEMA_VERSION, "empty": plan.empty, **asdict(plan)}
    data["warnings"] = [_warning(finding) for finding in data["warnings"]]
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def plan_from_json(text: str | bytes) -> Plan:
    """Raises UsageError for what is no plan of ours. Warnings stay in the artifact: only the decisions come back."""
    try:
        data = json.loads(text)
        if data.pop("schemaVersion") != SCHEMA_VERSION:
            raise UsageError("the plan was written by another version", hint="make the plan again")
        data.pop("empty")
        return Plan(
            **{
                **data,
                "steps": tuple(_step(item) for item in data["steps"]),
                "untaken": tuple(Untaken(**item) for item in data["untaken"]),
                "warnings": (),
                "refusals": tuple(data["refusals"]),
            }
        )
    except (ValueError, KeyError, TypeError, AttributeError) as err:
        raise UsageError("this file is no plan", hint="make one with `mutualis plan FOLDER --out FILE`") from err


def _step(data: dict[str, Any]) -> Step:
    return Step(
        **{
            **data,
            "kind": StepKind(data["kind"]),
            "action": StepAction(data["action"]),
            "trouble": Trouble(data["trouble"]),
            "changes": tuple(_change(item) for item in data["changes"]),
        }
    )


def _change(data: dict[str, Any]) -> ResourceChange:
    properties = tuple(PropertyChange(**item) for item in data["properties"])
    return ResourceChange(**{**data, "operation": Operation(data["operation"]), "properties": properties})


def _warning(finding: dict[str, Any]) -> dict[str, Any]:
    return {**finding, "path": list(finding["path"])}
