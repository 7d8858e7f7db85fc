"""What a plan asks for and the cloud would refuse: new objects beside old ones that go only at the end of a run.

Deletions come last, so that nothing is lost when something fails. Told in the preview, before anything is begun.
"""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator.engine.deploy import deletions
from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.deploy.report import Step
from orchestrator.engine.provider import Foreseeing, Planned, ProviderError
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.snapshot import Entry
from orchestrator.engine.state.values import plain


def look_ahead(deployment: Deployment) -> None:
    """Fail the steps of a preview that cannot succeed beside what is still there."""
    provider = deployment.provider
    if not deployment.options.dry_run or not isinstance(provider, Foreseeing):
        return
    leaving = [_planned(entry.resource) for entry in deletions.leaving(deployment) if entry.resource.custom]
    if not leaving:
        return
    resources = [resource for resource in deployment.snapshot.resources() if resource.custom]
    coming = [_planned(resource) for resource in resources if not resource.delete and _is_new(deployment, resource)]
    everything = [_planned(resource) for resource in resources]
    for urn, message in provider.foreseen(coming, leaving, everything).items():
        deployment.report.failed(Step(op="create", urn=urn), message)


def nothing_holds(deployment: Deployment, leaving: Sequence[Entry]) -> None:
    """Raise ProviderError where what is to go before its successor comes is held by what stays; nothing is begun."""
    provider = deployment.provider
    if not isinstance(provider, Foreseeing):
        return
    going = {entry.key for entry in leaving}
    custom = [entry for entry in deployment.snapshot.entries() if entry.resource.custom and not entry.resource.external]
    staying = [_planned(entry.resource) for entry in custom if entry.key not in going]
    for message in provider.held([_planned(entry.resource) for entry in leaving], staying).values():
        raise ProviderError(message)


def _is_new(deployment: Deployment, resource: Resource) -> bool:
    met = deployment.met.get(resource.urn)
    return met is not None and met.fresh


def _planned(resource: Resource) -> Planned:
    return Planned(
        urn=resource.urn,
        name=urns.name_of(resource.urn),
        kind=resource.type,
        id=resource.id,
        inputs=plain(resource.inputs),
        outputs=plain(resource.outputs),
        sources={name: needs[0] for name, needs in resource.property_dependencies.items() if needs},
    )
