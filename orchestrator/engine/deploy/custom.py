"""One registration of a custom resource, from the program's inputs to the answer it gets."""

from __future__ import annotations

from dataclasses import replace

from orchestrator.engine.deploy import importing, replacement, together, unfinished, vanished
from orchestrator.engine.deploy.choose import Choice, Op, choose
from orchestrator.engine.deploy.deployment import Deployment, PutOff
from orchestrator.engine.deploy.goal import Answer, Goal
from orchestrator.engine.deploy.paths import carry_over
from orchestrator.engine.deploy.report import Step
from orchestrator.engine.provider import NotYet, ProviderError
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.snapshot import Entry
from orchestrator.engine.state.values import (
    DEFAULTS,
    has_unknown,
    plain,
    secret_names,
    with_secrets,
    without_internals,
)


def register(deployment: Deployment, goal: Goal, urn: str, provider: str, entry: Entry | None) -> Answer:
    """Carry a custom resource's registration out."""
    wanted = _wanted(goal, urn, provider)
    if deployment.failed_among(wanted.leans_on()):
        return deployment.skip(urn)
    if not deployment.is_target(urn, wanted.leans_on()):
        return _left_out(deployment, urn, entry)
    old = entry.resource if entry else None
    step = Step(op="update" if old else "create", urn=urn, old=old, new=wanted)
    try:
        _nothing_left_out(deployment, wanted)
        if old is not None:
            wanted = replace(wanted, inputs=carry_over(goal.ignore_changes, old.inputs, goal.inputs))
        if has_unknown(wanted.inputs) and not deployment.options.dry_run:
            return _cut_off(deployment, wanted)
        wanted = _checked(deployment, goal, wanted, old)
        if importing.is_asked(goal, old):
            return importing.register(deployment, goal, wanted, entry)
        return _carry_out(deployment, goal, wanted, entry)
    except ProviderError as error:
        return deployment.fail(step, str(error))


def _wanted(goal: Goal, urn: str, provider: str) -> Resource:
    return Resource(
        urn=urn,
        type=goal.type,
        custom=True,
        inputs=goal.inputs,
        parent=goal.parent,
        provider=provider,
        dependencies=goal.dependencies,
        property_dependencies=goal.property_dependencies,
        protect=bool(goal.protect),
        retain_on_delete=bool(goal.retain_on_delete),
        deleted_with=goal.deleted_with,
        import_id=goal.import_id,
        ignore_changes=goal.ignore_changes,
        replace_on_changes=goal.replace_on_changes,
        hide_diff=goal.hide_diff,
        replace_with=goal.replace_with,
        replacement_trigger=goal.replacement_trigger,
        additional_secret_outputs=goal.additional_secret_outputs,
        custom_timeouts=goal.timeouts,
    )


def _checked(deployment: Deployment, goal: Goal, wanted: Resource, old: Resource | None) -> Resource:
    """The resource with its inputs completed; a name that was made up once is kept."""
    provider = deployment.provider
    if urns.package_of(goal.type) != provider.package or not provider.supports(goal.type):
        raise ProviderError(f"resources of type {goal.type} are not carried out by the embedded engine")
    checked = provider.check(goal.type, goal.name, plain(wanted.inputs))
    if checked.failures:
        about = f"{goal.type} resource '{goal.name}' has a problem: "
        raise ProviderError("; ".join(about + failure for failure in checked.failures))
    inputs = with_secrets(checked.inputs, secret_names(wanted.inputs))
    if old is not None and "name" in inputs.get(DEFAULTS, ()) and "name" in old.inputs.get(DEFAULTS, ()):
        inputs["name"] = old.inputs["name"]
    return replace(wanted, inputs=inputs)


def _carry_out(deployment: Deployment, goal: Goal, wanted: Resource, entry: Entry | None) -> Answer:
    if entry is None:
        return create(deployment, wanted, entry, Step(op="create", urn=wanted.urn, new=wanted))
    choice, old = _choice(deployment, goal, wanted, entry.resource)
    if choice.op is Op.SAME:
        return _same(deployment, wanted, entry)
    if choice.op is Op.UPDATE:
        return _update(deployment, goal, wanted, Entry(entry.key, old), choice)
    wanted = _as_asked(deployment, goal, wanted)
    if choice.op is Op.CREATE:
        return create(deployment, wanted, entry, Step(op="create", urn=wanted.urn, new=wanted))
    return replacement.register(deployment, wanted, entry, choice, create)


def _choice(deployment: Deployment, goal: Goal, wanted: Resource, old: Resource) -> tuple[Choice, Resource]:
    """The step, and the old resource that it starts from."""
    if old.init_errors and not (old.pending_replacement or old.external):
        return unfinished.choice_for(deployment, goal, wanted, old)
    by_name = wanted.urn in deployment.options.replaces
    along = together.reasons(deployment, wanted, old)
    choice = choose(
        deployment.provider, old, wanted, replace=by_name, along=along, delete_first=goal.delete_before_replace
    )
    return choice, old


def _as_asked(deployment: Deployment, goal: Goal, wanted: Resource) -> Resource:
    """What a new object is made from: nothing is carried over from one that goes, neither ignored nor made up."""
    if has_unknown(goal.inputs) and not deployment.options.dry_run:
        raise ProviderError("an input that is ignored while the object stays is not known, and a new one needs it")
    return _checked(deployment, goal, replace(wanted, inputs=goal.inputs), None)


def create(deployment: Deployment, wanted: Resource, entry: Entry | None, step: Step) -> Answer:
    """Make the object, under the number of the entry that it takes the place of."""
    deployment.report.before(step)
    made = deployment.actions.create(wanted, lambda made: _keep(deployment, made, entry))
    deployment.report.after(replace(step, new=made))
    deployment.note(wanted.urn, fresh=True)
    if deployment.options.dry_run:
        return Answer(urn=made.urn, properties=without_internals(made.inputs))
    return Answer.of(made)


def _keep(deployment: Deployment, made: Resource, entry: Entry | None) -> None:
    key = deployment.snapshot.put(made, entry.key if entry else None)
    with deployment.lock:
        deployment.claimed.add(key)


def _same(deployment: Deployment, wanted: Resource, entry: Entry) -> Answer:
    old = entry.resource
    now = replace(
        wanted,
        id=old.id,
        outputs=deployment.actions.outputs(wanted, old.outputs),
        import_id=wanted.import_id or old.import_id,
        created=old.created,
        modified=old.modified,
        others=old.others,
    )
    step = Step(op="same", urn=now.urn, old=old, new=now)
    deployment.report.before(step)
    deployment.snapshot.put(now, entry.key)
    deployment.report.after(step)
    if deployment.options.dry_run:
        return Answer.of(replace(now, outputs=now.outputs | without_internals(now.inputs)))
    return Answer.of(now)


def _update(deployment: Deployment, goal: Goal, asked: Resource, entry: Entry, choice: Choice) -> Answer:
    old = entry.resource
    wanted = replace(
        asked,
        id=old.id,
        outputs=old.outputs,
        import_id=asked.import_id or old.import_id,
        created=old.created,
        others=old.others,
    )
    step = Step(op="update", urn=wanted.urn, old=old, new=wanted, paths=choice.paths)
    deployment.report.before(step)

    def work() -> Answer:
        before = unfinished.finished(deployment, old, wanted) if old.init_errors else old
        try:
            made = deployment.actions.update(before, wanted, lambda made: _keep(deployment, made, entry))
        except ProviderError as error:
            if not vanished.is_gone(deployment, before, error):
                raise
            anew = _as_asked(deployment, goal, asked)
            return create(deployment, anew, entry, Step(op="create", urn=anew.urn, new=anew))
        deployment.report.after(replace(step, new=made))
        return Answer.of(made)

    try:
        return work()
    except NotYet:
        deployment.put_off.append(PutOff(step=step, work=work))
        return Answer.of(replace(wanted, outputs=wanted.outputs | without_internals(wanted.inputs)))


def _cut_off(deployment: Deployment, wanted: Resource) -> Answer:
    """An input that a real run does not know comes from something that failed; else nobody knows from where."""
    if deployment.report.failures:
        return deployment.skip(wanted.urn)
    names = ", ".join(name for name, value in wanted.inputs.items() if has_unknown(value))
    raise ProviderError(f"not known though this is no preview: {names}")


def _nothing_left_out(deployment: Deployment, wanted: Resource) -> None:
    """A target cannot be made while something it needs is left out and does not exist."""
    for urn in wanted.leans_on():
        met = deployment.met.get(urn)
        if met is not None and met.left_out:
            # in Pulumi's own words
            raise ProviderError(
                f"Resource '{wanted.urn}' depends on '{urn}' which was was not specified in --target list."
            )


def _left_out(deployment: Deployment, urn: str, entry: Entry | None) -> Answer:
    """Not among the targets: as it is recorded, or unknown."""
    if entry is None:
        step = Step(op="same", urn=urn)
        deployment.report.before(step)
        deployment.note(urn, left_out=True)
        deployment.report.after(step)
        return Answer(urn=urn, unknown=True)
    step = Step(op="same", urn=urn, old=entry.resource, new=entry.resource)
    deployment.report.before(step)
    deployment.snapshot.put(entry.resource, entry.key)
    deployment.report.after(step)
    return Answer.of(entry.resource)
