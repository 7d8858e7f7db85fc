"""Calls that change or read the cloud for one resource, recorded before and after. Previews pretend."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from orchestrator.engine.deploy.gate import Gate
from orchestrator.engine.deploy.record import Action, Record
from orchestrator.engine.deploy.sessions import Sessions
from orchestrator.engine.provider import Condition, Properties, Provider, ProviderError, Read, Session
from orchestrator.engine.state.clock import rfc3339
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.values import PropertyMap, plain, secret_names, with_secrets, without_internals

Keep = Callable[[Resource], None]  # puts the result into the snapshot, before the action counts as over


class Actions:
    """Every method raises ProviderError when the action failed, and Stopped when none may begin any more."""

    def __init__(self, *, provider: Provider, sessions: Sessions, record: Record | None, gate: Gate) -> None:
        self._provider = provider
        self._sessions = sessions
        self._record = record
        self._gate = gate

    @property
    def pretends(self) -> bool:
        """Whether this is a preview: nothing is created, updated or deleted."""
        return self._record is None

    def create(self, wanted: Resource, keep: Keep) -> Resource:
        """Make the object. What exists but did not come up is kept with its `init_errors`, and fails."""
        if self._record is None:
            made = replace(wanted, outputs=without_internals(wanted.inputs))
            keep(made)
            return made
        with self._gate.step(), self._record.action("creating", wanted) as action:
            made = self._create(wanted, action)
            keep(made)
        if made.init_errors:
            raise ProviderError("; ".join(made.init_errors))
        return made

    def update(self, old: Resource, wanted: Resource, keep: Keep) -> Resource:
        if self._record is None:
            made = replace(wanted, outputs=old.outputs | without_internals(wanted.inputs))
            keep(made)
            return made
        with self._gate.step(), self._record.action("updating", wanted) as action:
            with _Uncertain(action):
                outputs = self._session(wanted).update(
                    wanted.type,
                    old.id,
                    plain(old.outputs),
                    plain(wanted.inputs),
                    seconds=wanted.custom_timeouts.get("update"),
                )
            made = replace(wanted, outputs=self.outputs(wanted, outputs), modified=rfc3339(time.time()))
            keep(made)
        return made

    def delete(self, old: Resource, keep: Callable[[], None]) -> None:
        """Remove the object, where there is one that is ours to remove."""
        if self._record is None or not _is_ours_to_delete(old):
            keep()
            return
        with self._gate.step(), self._record.action("deleting", old) as action:
            with _Uncertain(action):
                self._session(old).delete(
                    old.type, old.id, plain(old.outputs), seconds=old.custom_timeouts.get("delete")
                )
            keep()

    def read(self, resource: Resource) -> Resource | None:
        """The resource as the cloud has it now; None when it is gone.

        One that has not come up yet is left as it is recorded: its values tell nothing, and it is to be made again.
        """
        with self._gate.step():
            found = self._session(resource).read(
                resource.type, resource.id, plain(resource.inputs), plain(resource.outputs)
            )
        if found is None:
            return None
        if resource.init_errors and self.condition(resource) is not Condition.UP:
            return resource
        return self.refreshed(resource, found)

    def take(self, wanted: Resource, identity: str) -> Resource | None:
        """The object of this id as it is now, for the resource that takes it over; None when there is none."""
        with self._gate.step():
            found = self._session(wanted).take(wanted.type, identity, plain(wanted.inputs))
        return None if found is None else self.refreshed(replace(wanted, id=identity), found)

    def condition(self, resource: Resource) -> Condition:
        """How far an object has come whose creation did not end well."""
        with self._gate.step():
            return self._session(resource).condition(resource.type, resource.id, plain(resource.inputs))

    def resume(self, wanted: Resource) -> Resource | None:
        """Finish an interrupted create of the object with this id; None when it is gone."""
        with self._gate.step():
            made = self._session(wanted).resume(
                wanted.type, wanted.id, plain(wanted.inputs), seconds=wanted.custom_timeouts.get("create")
            )
        if made is None:
            return None
        return replace(wanted, outputs=self.outputs(wanted, made.outputs), init_errors=tuple(made.problems))

    def refreshed(self, resource: Resource, found: Read) -> Resource:
        inputs = with_secrets(found.inputs, secret_names(resource.inputs))
        now = replace(resource, id=found.id or resource.id, inputs=inputs, init_errors=())
        return replace(now, outputs=self.outputs(now, found.outputs))

    def invoke(self, reference: str, function: str, arguments: Properties) -> Properties:
        with self._gate.step():
            return self._sessions.of(reference).invoke(function, arguments)

    def find(self, wanted: Resource) -> tuple[str, ...]:
        """Ids of objects that an interrupted create of this resource may have left."""
        with self._gate.step():
            return self._session(wanted).find(wanted.type, plain(wanted.inputs))

    def outputs(self, resource: Resource, found: Properties) -> PropertyMap:
        """Outputs with their secrets marked: by type, by the program, and where the input of that name is one."""
        names = (
            secret_names(resource.inputs)
            | frozenset(resource.additional_secret_outputs)
            | self._provider.secret_outputs(resource.type)
        )
        return with_secrets({name: value for name, value in found.items() if value is not None}, names)

    def _create(self, wanted: Resource, action: Action) -> Resource:
        stamp = rfc3339(time.time())
        wanted = replace(wanted, created=stamp, modified=stamp)
        try:
            with _Uncertain(action):
                created = self._session(wanted).create(
                    wanted.type,
                    plain(wanted.inputs),
                    seconds=wanted.custom_timeouts.get("create"),
                    created=action.identified,
                )
        except ProviderError as error:
            if not action.identity:
                raise
            action.uncertain = False
            return self._half_made(replace(wanted, id=action.identity), str(error))
        outputs = self.outputs(wanted, created.outputs)
        return replace(wanted, id=created.id, outputs=outputs, init_errors=tuple(created.problems))

    def _half_made(self, resource: Resource, problem: str) -> Resource:
        """An object that has an id but whose create failed: recorded, so that it is never lost."""
        try:
            found = self._session(resource).read(resource.type, resource.id, plain(resource.inputs), {})
        except ProviderError:
            found = None
        now = replace(resource, outputs=without_internals(resource.inputs))
        if found is not None:
            now = replace(now, outputs=self.outputs(resource, found.outputs))
        return replace(now, init_errors=(problem,))

    def _session(self, resource: Resource) -> Session:
        return self._sessions.of(resource.provider)


class _Uncertain:
    """Leaves an intent open when an action failed in a way that tells nothing of its effect."""

    def __init__(self, action: Action) -> None:
        self._action = action

    def __enter__(self) -> None:
        self._action.uncertain = True

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is None or (isinstance(error, ProviderError) and not error.temporary):
            self._action.uncertain = False


def _is_ours_to_delete(resource: Resource) -> bool:
    return bool(
        resource.custom
        and resource.id
        and resource.provider
        and not (resource.external or resource.retain_on_delete or resource.pending_replacement)
    )
