"""A program that runs for its providers alone (`refresh` and `destroy` with `--run-program`).

Its providers get their configuration from it, so that credentials need not be in the state; whatever else it
registers is answered as it is recorded, and nothing of it changes.
"""

from __future__ import annotations

from orchestrator.engine.deploy import providers
from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.deploy.goal import Answer, Goal
from orchestrator.engine.deploy.inherit import provider_for
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.snapshot import Entry
from orchestrator.engine.state.values import has_unknown


def register(deployment: Deployment, goal: Goal, urn: str, entry: Entry | None) -> Answer:
    """What is recorded of it; not known where nothing is."""
    if entry is None:
        return Answer(urn=urn, unknown=goal.custom)
    if not goal.custom:
        return Answer(urn=urn)
    if not urns.is_provider(goal.type):
        if urns.is_default_provider(entry.resource.provider.rsplit("::", 1)[0]):
            provider_for(deployment, "", goal.type, goal.version)
        return Answer.of(entry.resource)
    wanted = providers.wanted(goal, urn, entry)
    if has_unknown(wanted.inputs):
        return Answer.of(entry.resource)
    deployment.snapshot.amend(entry.key, wanted)
    return Answer.of(wanted)
