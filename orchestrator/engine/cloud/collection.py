"""The ordinary REST resource: POST to a collection, GET, PUT or PATCH and DELETE one member of it.

Driven by the type's description. A type that is odd in one way overrides that one step.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from orchestrator.engine.cloud import values
from orchestrator.engine.cloud.faults import NotReady, ServiceFault, called
from orchestrator.engine.cloud.tags import Tags
from orchestrator.engine.cloud.waits import until
from orchestrator.engine.provider import Condition, Created, ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.cloud.schema import Api
    from orchestrator.engine.provider import Properties

Body = dict[str, Any]
_SHOW_ALL: Final = frozenset({"network", "load-balancer"})  # to an administrator, lists show every project's


class Collection:
    """Generic handler of a type described as a REST collection."""

    version = ""  # microversion of all its calls
    marks: tuple[str, ...] = ("description",)  # inputs of the POST that tell our object from another of its name

    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        body = self.post(action, self.creation(action, inputs))
        identifier = self.identifier(body)
        created(identifier)
        return self.finish(action, identifier, inputs, body)

    def resume(self, action: Action, id_: str, inputs: Properties) -> Created | None:
        body = self.fetch(action, id_)
        return None if body is None else self.finish(action, id_, inputs, body)

    def finish(self, action: Action, identifier: str, inputs: Properties, body: Body) -> Created:
        """All that a creation does once the object has its id; may run again on what it left half done."""
        body = self.created(action, identifier, inputs, body)
        problems: tuple[str, ...] = ()
        try:
            body = self.settled(action, identifier, body)
        except NotReady as error:  # it exists: its id and its problem are both wanted
            problems = (str(error),)
        outputs = self.outputs(action, body, inputs)
        if action.type.api.tags:
            outputs |= Tags(action).create(identifier, inputs)
        return Created(id=identifier, outputs=outputs, problems=problems)

    def find(self, action: Action, inputs: Properties) -> tuple[str, ...]:
        wanted = {name: inputs.get(name) for name in action.type.api.find}
        if action.type.project in wanted and action.type.api.service in _SHOW_ALL:
            wanted[action.type.project] = wanted[action.type.project] or action.connection.project_id
        known = {name: value for name, value in wanted.items() if value is not None}
        marks = {name: inputs[name] for name in self.marks if inputs.get(name)}
        return tuple(
            self.identifier(body)
            for body in self.listed(action, known)
            if self.matches(action, body, wanted) and self.bears(action, body, marks)
        )

    def read(self, action: Action, id_: str, known: Properties) -> Properties | None:
        body = self.fetch(action, id_)
        if body is None:
            return None
        outputs = self.outputs(action, body, known)
        return outputs | Tags(action).read(body, known) if action.type.api.tags else outputs

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:
        plain = self.changes(action, changed)
        tagged = Tags(action).update(id_, changed, known) if action.type.api.tags and "tags" in changed else {}
        body = self.put(action, id_, plain) if plain else None
        if self.updated(action, id_, changed, known) or not body:
            body = self.fetch(action, id_)
        if body is None:
            raise ProviderError(f"{self.called(action, id_, known)} is gone")
        outputs = self.outputs(action, self.settled(action, id_, body), known)
        return outputs | (tagged or Tags(action).read(body, known)) if action.type.api.tags else outputs

    def condition(self, action: Action, id_: str, inputs: Properties) -> Condition:
        """By `status`, where the type has one to wait for."""
        body = self.fetch(action, id_)
        if body is None:
            return Condition.GONE
        return self.told_condition(action, body, inputs)

    def told_condition(self, action: Action, body: Body, inputs: Properties) -> Condition:  # noqa: ARG002 (an odd type's)
        api = action.type.api
        if not api.ready or body.get(api.status) in api.ready:
            return Condition.UP
        return Condition.BROKEN if body.get(api.status) in api.failed else Condition.BUILDING

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        pauses = action.deadline.pauses(f"the end of {self.called(action, id_, known)}")
        while True:
            try:
                action.service().delete(self.place(action, id_), version=self.version)
            except ServiceFault as fault:
                if fault.status != HTTPStatus.CONFLICT or not action.type.api.retry_conflict:
                    raise
                pauses.wait(fault)
            else:
                break
        if action.type.api.lingers:
            until(lambda: self.ended(action, id_), action.deadline, f"the end of {self.called(action, id_, known)}")

    # the steps, each of which an odd type may replace

    def identifier(self, body: Body) -> str:
        return str(body["id"])

    def place(self, action: Action, id_: str) -> str:
        return f"{action.type.api.path}/{quote(id_, safe='')}"

    def called(self, action: Action, id_: str, told: Mapping[str, Any]) -> str:
        """The object for people: `network 'lan' (ce7f60eb-...)`. `told`: its body, or what is recorded."""
        return called(action.type.noun, id_, told)

    def creation(self, action: Action, inputs: Properties) -> Body:
        """The body of the POST, without its envelope. `valueSpecs` are extra keys."""
        return self.encoded(action, inputs) | dict(inputs.get("valueSpecs") or {})

    def changes(self, action: Action, changed: Mapping[str, Any]) -> Body:
        """The body of the PUT or PATCH."""
        properties = action.type.inputs
        full = {name: values.zero(properties[name]) if value is None else value for name, value in changed.items()}
        return self.encoded(action, full)

    def encoded(self, action: Action, inputs: Mapping[str, Any]) -> Body:
        sent = {name: prop for name, prop in action.type.inputs.items() if not prop.local and name != "valueSpecs"}
        if action.type.api.tags:
            sent.pop("tags", None)
        return {
            prop.key: values.encode(prop, inputs[name])
            for name, prop in sent.items()
            if name in inputs and inputs[name] is not None
        }

    def outputs(self, action: Action, body: Body, known: Properties) -> dict[str, Any]:  # noqa: ARG002 the handler's signature
        told = {
            name: values.decode(prop, body.get(prop.key))
            for name, prop in action.type.properties.items()
            if not prop.local and not prop.kept
        }
        return {name: value for name, value in told.items() if value is not None}

    def created(self, action: Action, id_: str, inputs: Properties, body: Body) -> Body:  # noqa: ARG002 (the protocol's)
        """Further calls that belong to the creation; the body as it is after them."""
        return body

    def updated(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> bool:  # noqa: ARG002 the handler's signature
        """Further calls that belong to an update; whether the object has to be read again after them."""
        return False

    def settled(self, action: Action, id_: str, body: Body) -> Body:
        """The body once `status` is one of those to wait for."""
        ready, failed, key = action.type.api.ready, action.type.api.failed, action.type.api.status
        if not ready:
            return body
        latest = [body]

        def poll() -> Body | None:
            status = latest[0].get(key)
            if status in ready:
                return latest[0]
            if status in failed:
                raise NotReady(f"{self.called(action, id_, latest[0])} went to {status}{self.fault(action, latest[0])}")
            latest[0] = self.fetch(action, id_) or {key: "GONE"}
            return latest[0] if latest[0].get(key) in ready else None

        return until(poll, action.deadline, f"{self.called(action, id_, body)} to become {' or '.join(ready)}")

    def ended(self, action: Action, id_: str) -> bool | None:
        """True once a deleted object is gone; None while it is on its way."""
        body, api = self.fetch(action, id_), action.type.api
        if body is None:
            return True
        if body.get(api.status) in api.failed:
            raise NotReady(f"{self.called(action, id_, body)} could not be deleted{self.fault(action, body)}")
        return None

    def fault(self, action: Action, body: Body) -> str:  # noqa: ARG002 the handler's signature
        """The service's own words on a failed object."""
        return ""

    # the calls

    def post(self, action: Action, body: Body) -> Body:
        api = action.type.api
        return _unwrapped(api, action.service().post(api.path, _wrapped(api, body), version=self.version))

    def put(self, action: Action, id_: str, body: Body) -> Body:
        api = action.type.api
        sent = _wrapped(api, body)
        call = action.service().call(api.update, self.place(action, id_), version=self.version, json=sent)
        return _unwrapped(api, call.body)

    def fetch(self, action: Action, id_: str) -> Body | None:
        found = action.service().find(self.place(action, id_), version=self.version)
        return None if found is None else _unwrapped(action.type.api, found)

    def listed(self, action: Action, known: Mapping[str, Any]) -> list[Body]:
        """What the collection holds, narrowed by the service as far as it can."""
        query = {action.type.inputs[name].key: value for name, value in known.items() if not isinstance(value, list)}
        return action.service().all(action.type.api.path, action.type.api.many, **query)

    def matches(self, action: Action, body: Body, wanted: Mapping[str, Any]) -> bool:
        """Whether an object has the inputs that tell it apart; what was not given may be anything computed."""
        told = self.outputs(action, body, {})
        for name, value in wanted.items():
            if value is None and action.type.inputs[name].computed:
                continue
            if not values.empty(value) or not values.empty(told.get(name)):
                prop = action.type.inputs[name]
                if value is None or values.encode(prop, value) != told.get(name):
                    return False
        return True

    def bears(self, action: Action, body: Body, marks: Mapping[str, Any]) -> bool:
        """Whether an object says of itself what was asked for; of a map, what was given: services add to it."""
        told = self.outputs(action, body, {})
        for name, value in marks.items():
            given = values.encode(action.type.inputs[name], value)
            if isinstance(given, dict):
                if not given.items() <= (told.get(name) or {}).items():
                    return False
            elif given != told.get(name):
                return False
        return True


def _wrapped(api: Api, body: Body) -> Body:
    return {api.key: body} if api.key else body


def _unwrapped(api: Api, answer: Body) -> Body:
    return dict(answer[api.key]) if api.key else dict(answer)
