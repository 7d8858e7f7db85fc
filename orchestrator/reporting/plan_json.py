"""A plan as JSON, and back: the artifact that is reviewed and then given to apply.

Its shape is `schema/plan.json`, beside this module; names are camelCase, as in specs.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

from orchestrator.errors import UsageError
from orchestrator.model.approvals import NeededApproval
from orchestrator.model.host_result import HostChange, HostResult, HostStatus
from orchestrator.model.maintenance import PlannedMove
from orchestrator.model.outcome import Failure
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
from orchestrator.model.region import ChangeKind
from orchestrator.reporting.findings import finding_as_data, finding_from_data

SCHEMA_VERSION: Final = 2
"""Grows by one when a field changes its meaning or goes; new fields come without notice. 2: `findings`, camelCase."""


def plan_to_json(plan: Plan) -> str:
    """The whole plan; keys in a stable order."""
    return json.dumps(plan_as_data(plan), indent=1, ensure_ascii=False) + "\n"


def plan_as_data(plan: Plan) -> dict[str, Any]:
    """The plan as the schema has it."""
    return {
        "schemaVersion": SCHEMA_VERSION,
        "empty": plan.empty,
        "refused": plan.refused,
        "region": plan.region,
        "inventory": plan.inventory,
        "engine": plan.engine,
        "steps": [asdict(step) for step in plan.steps],
        "untaken": [asdict(one) for one in plan.untaken],
        "findings": [finding_as_data(finding) for finding in plan.findings],
        "refusals": list(plan.refusals),
        "deletions": plan.deletions,
        "deletionBudget": plan.deletion_budget,
        "digest": plan.digest,
        "checks": [asdict(result) for result in plan.checks],
        "approvals": [asdict(one) for one in plan.approvals],
    }


def plan_from_json(text: str | bytes) -> Plan:
    """Raises UsageError for what is no plan of ours."""
    try:
        data = json.loads(text)
        if data.pop("schemaVersion") != SCHEMA_VERSION:
            raise UsageError("the plan was written by another version", hint="make the plan again")
        del data["empty"], data["refused"]  # both follow from the rest
        return Plan(
            deletion_budget=data.pop("deletionBudget"),
            **{
                **data,
                "steps": tuple(_step(item) for item in data["steps"]),
                "untaken": tuple(Untaken(**item) for item in data["untaken"]),
                "findings": tuple(finding_from_data(item) for item in data["findings"]),
                "refusals": tuple(data["refusals"]),
                "checks": tuple(_check(item) for item in data.get("checks", ())),
                "approvals": tuple(_approval(item) for item in data.get("approvals", ())),
            },
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
            "moves": tuple(PlannedMove(**item) for item in data.get("moves", ())),
        }
    )


def _change(data: dict[str, Any]) -> ResourceChange:
    properties = tuple(PropertyChange(**item) for item in data["properties"])
    return ResourceChange(**{**data, "operation": Operation(data["operation"]), "properties": properties})


def _approval(data: dict[str, Any]) -> NeededApproval:
    return NeededApproval(**{**data, "change": ChangeKind(data["change"]), "roles": tuple(data["roles"])})


def _check(data: dict[str, Any]) -> HostResult:
    failure = data["failure"]
    return HostResult(
        **{
            **data,
            "status": HostStatus(data["status"]),
            "changes": tuple(HostChange(**item) for item in data["changes"]),
            "failure": Failure(**failure) if failure else None,
        }
    )
