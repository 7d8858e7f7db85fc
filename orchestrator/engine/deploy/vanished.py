"""An object that is to be changed but is gone: somebody deleted it behind our back.

Pulumi's own engine fails with the API's 404 at each update until somebody refreshes. Here the object is looked at
once more, and where it is gone indeed it is made anew under its own name, which is what a refresh would lead to.
"""

from __future__ import annotations

from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.provider import NotYet, ProviderError
from orchestrator.engine.state.resource import Resource


def is_gone(deployment: Deployment, resource: Resource, error: ProviderError) -> bool:
    """Whether an update failed because there is nothing to update; told, if so."""
    if error.temporary or isinstance(error, NotYet):
        return False
    try:
        found = deployment.actions.read(resource)
    except ProviderError:
        return False  # it cannot be told: the update's own error says more
    if found is not None:
        return False
    about = f"{resource.id} was deleted behind our back and is made anew ({error})"
    deployment.report.diagnostic("warning", about, resource.urn)
    return True
