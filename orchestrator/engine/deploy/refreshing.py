"""Taking over what the cloud says of the recorded resources."""

from __future__ import annotations

from orchestrator.engine.deploy import reads
from orchestrator.engine.deploy.deployment import Deployment, explained
from orchestrator.engine.deploy.gate import Stopped
from orchestrator.engine.deploy.report import Step
from orchestrator.engine.deploy.schedule import run_all
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.snapshot import Entry


def refresh(deployment: Deployment, *, alone: bool) -> bool:
    """Read every recorded resource; returns whether all could be read.

    `alone`: the whole operation is a refresh, so results are counted as same, update or delete. A read that fails
    leaves its resource as it was and the others are read all the same.
    """
    entries = [entry for entry in deployment.snapshot.entries() if _is_read(deployment, entry.resource)]
    done = run_all(
        [frozenset[int]()] * len(entries),
        lambda index: _refresh(deployment, entries[index], alone=alone),
        parallel=deployment.options.parallel,
        stopped=lambda: deployment.gate.stopped,
    )
    if alone:
        _count_the_others(deployment, {entry.key for entry in entries})
    return len(done) == len(entries)


def _is_read(deployment: Deployment, resource: Resource) -> bool:
    if not resource.custom or urns.is_provider(resource.type) or not resource.id or resource.pending_replacement:
        return False
    return deployment.is_target(resource.urn, resource.leans_on())


def _refresh(deployment: Deployment, entry: Entry, *, alone: bool) -> bool:
    old = entry.resource
    before = Step(op="refresh", urn=old.urn, old=old, new=old)
    deployment.report.before(before)
    try:
        now = reads.again(deployment, old)
    except Stopped:
        return False
    except Exception as error:  # noqa: BLE001  a step's failure of any kind must not take the others with it
        deployment.report.failed(before, explained(error))
        return False
    if now is None:
        deployment.snapshot.drop(entry.key)
    elif now != old:
        deployment.snapshot.amend(entry.key, now)
    step = Step(op="refresh", urn=old.urn, old=old, new=now, paths=_changed(old, now))
    result = "delete" if now is None else "same" if now == old else "update"
    deployment.report.after(step, counted=alone, op=result if alone else "refresh")
    return True


def _changed(old: Resource, now: Resource | None) -> dict[str, str]:
    if now is None:
        return {}
    names = [name for name in {**old.outputs, **now.outputs} if old.outputs.get(name) != now.outputs.get(name)]
    return {
        name: "add" if name not in old.outputs else "delete" if name not in now.outputs else "update" for name in names
    }


def _count_the_others(deployment: Deployment, read: set[int]) -> None:
    """Components and explicit providers have nothing to be read; they count as unchanged."""
    for entry in deployment.snapshot.entries():
        if entry.key not in read and not entry.resource.delete and not urns.is_default_provider(entry.resource.urn):
            step = Step(op="same", urn=entry.resource.urn, old=entry.resource, new=entry.resource)
            deployment.report.before(step, op="refresh")
            deployment.report.after(step)
