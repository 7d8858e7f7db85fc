"""The door through which a program's registrations come in."""

from __future__ import annotations

from orchestrator.engine.deploy import aliases, components, custom, providers, recorded
from orchestrator.engine.deploy.deployment import Deployment, Met, ProgramError, explained
from orchestrator.engine.deploy.gate import Stopped
from orchestrator.engine.deploy.goal import Answer, Goal
from orchestrator.engine.deploy.inherit import complete, provider_for
from orchestrator.engine.deploy.report import Step
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.snapshot import Entry


def register(deployment: Deployment, goal: Goal) -> Answer:
    """Carry a registration out and say what became of it.

    Raises ProgramError for the program's mistakes. When the operation takes no new steps, everything is skipped.
    """
    goal = complete(deployment, goal)
    urn = deployment.urn(goal.parent, goal.type, goal.name)
    names = aliases.earlier_names(deployment, goal)
    deployment.meet(urn, Met(goal=goal, aliases=names))
    if deployment.gate.stopped:
        return deployment.skip(urn)
    return _carry_out(deployment, goal, urn, aliases.find_old(deployment, urn, names))


def _carry_out(deployment: Deployment, goal: Goal, urn: str, entry: Entry | None) -> Answer:
    if deployment.for_providers:
        return recorded.register(deployment, goal, urn, entry)
    if not goal.custom:
        return components.register(deployment, goal, urn, entry)
    try:
        if urns.is_provider(goal.type):
            return providers.register(deployment, goal, urn, entry)
        reference = provider_for(deployment, goal.provider, goal.type, goal.version)
        return custom.register(deployment, goal, urn, reference, entry)
    except Stopped:
        return deployment.skip(urn)
    except ProgramError:
        raise
    except Exception as error:  # noqa: BLE001  whatever happened in a step, the program must come to its end
        return deployment.fail(Step(op="create", urn=urn), explained(error))
