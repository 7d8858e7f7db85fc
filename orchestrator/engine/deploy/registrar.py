"""The door through which a program's registrations come in."""

from __future__ import annotations

from orchestrator.engine.deploy import aliases, components, custom, providers
from orchestrator.engine.deploy.deployment import Deployment, Met
from orchestrator.engine.deploy.goal import Answer, Goal
from orchestrator.engine.deploy.inherit import complete, provider_for
from orchestrator.engine.deploy.report import Step
from orchestrator.engine.provider import ProviderError
from orchestrator.engine.state import urn as urns


def register(deployment: Deployment, goal: Goal) -> Answer:
    """Carry a registration out and say what became of it.

    Raises ProgramError for the program's mistakes and Stopped when the operation takes no new steps.
    """
    goal = complete(deployment, goal)
    urn = deployment.urn(goal.parent, goal.type, goal.name)
    names = aliases.earlier_names(deployment, goal)
    deployment.meet(urn, Met(goal=goal, aliases=names))
    entry = aliases.find_old(deployment, urn, names)
    if not goal.custom:
        return components.register(deployment, goal, urn, entry)
    try:
        if urns.is_provider(goal.type):
            return providers.register(deployment, goal, urn, entry)
        reference = provider_for(deployment, goal.provider, goal.type, goal.version)
        return custom.register(deployment, goal, urn, reference, entry)
    except ProviderError as error:
        return deployment.fail(Step(op="create", urn=urn), str(error))
