"""A container of an object store: named, not numbered; its properties are headers; making it twice is no error.

So a container that is there already, and not as bare as one just made, is not silently taken over: it may hold
somebody else's data.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from orchestrator.engine.cloud.check import DEFAULTS
from orchestrator.engine.cloud.equality import RULES
from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.resources.objectstorage import headers
from orchestrator.engine.cloud.resources.objectstorage.emptying import empty
from orchestrator.engine.provider import Created, ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_MADE_WITH: Final = ("containerRead", "containerWrite", "containerSyncTo", "containerSyncKey", "contentType",
                     "metadata", "versioning", "versioningLegacy")  # fmt: skip

_TOLD: Final = ("containerRead", "containerWrite", "metadata", "versioning", "versioningLegacy")


class Container:
    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        name = str(inputs["name"])
        answer = action.service().call("PUT", _path(name), headers=headers.fixed(inputs))
        if answer.status == HTTPStatus.ACCEPTED and not _bare(_head(action, name) or {}):
            raise ProviderError(
                f"container '{name}' exists already and is in use: take it over with `import_`, or choose another name"
            )
        created(name)
        return self._made(action, name, inputs)

    def resume(self, action: Action, id_: str, inputs: Properties) -> Created | None:
        return None if _head(action, id_) is None else self._made(action, id_, inputs)

    def find(self, action: Action, inputs: Properties) -> tuple[str, ...]:
        """One that holds nothing and says nothing, or what was asked for."""
        name = str(inputs["name"])
        found = _head(action, name)
        if found is None or _holds(found):
            return ()
        told = headers.told(found, inputs)
        return (name,) if _bare(found) or _ours(inputs, told) else ()

    def read(self, action: Action, id_: str, known: Properties) -> Properties | None:
        found = _head(action, id_)
        return None if found is None else {**headers.told(found, known), "name": id_}

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:
        self._apply(action, id_, _with_both_lists(changed, known), known)
        outputs = self.read(action, id_, {**known, **changed, "name": id_})
        if outputs is None:
            raise ProviderError(f"container '{id_}' is gone")
        _refuse_ignored(id_, changed, outputs)
        return outputs

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        pauses = action.deadline.pauses(f"container '{id_}' to be empty")
        while True:
            try:
                action.service().delete(_path(id_))
            except ServiceFault as fault:
                if fault.status != HTTPStatus.CONFLICT:
                    raise
                if not known.get("forceDestroy"):
                    raise _not_empty(action, id_, fault) from fault
                empty(action, _path(id_))
                pauses.wait(fault)
            else:
                return

    def _made(self, action: Action, name: str, inputs: Properties) -> Created:
        asked = _asked(inputs)
        self._apply(action, name, asked, {})
        outputs = self.read(action, name, inputs) or {}
        try:
            _refuse_ignored(name, {**asked, "storageClass": inputs.get("storageClass")}, outputs)
        except ProviderError as error:
            return Created(id=name, outputs=outputs, problems=(str(error),))
        return Created(id=name, outputs=outputs)

    def _apply(self, action: Action, name: str, changed: Mapping[str, Any], known: Properties) -> None:
        for step in headers.changing(changed, known):
            action.service().call("POST", _path(name), headers=step)


def _asked(inputs: Properties) -> dict[str, Any]:
    return {prop: inputs[prop] for prop in _MADE_WITH if inputs.get(prop)}


def _with_both_lists(changed: Mapping[str, Any], known: Properties) -> dict[str, Any]:
    """Who may read and who may write is one decision: who sends one list again sends the other as it is to be.

    What somebody wrote into it by hand, which nothing recorded tells of, would outlast the change.
    """
    lists = headers.ACCESS_LISTS
    again = {name: known[name] for name in lists if known.get(name) is not None} if changed.keys() & set(lists) else {}
    return {**again, **changed}


def _path(name: str) -> str:
    return quote(name, safe="")


def _head(action: Action, name: str) -> Mapping[str, str] | None:
    try:
        return action.service().call("HEAD", _path(name)).headers
    except ServiceFault as fault:
        if fault.status == HTTPStatus.NOT_FOUND:
            return None
        raise


def _holds(found: Mapping[str, str]) -> bool:
    return found.get("X-Container-Object-Count", "0") != "0"


def _bare(found: Mapping[str, str]) -> bool:
    told = headers.told(found, {})
    return not _holds(found) and not any(told.get(prop) for prop in _MADE_WITH)


def _refuse_ignored(name: str, asked: Mapping[str, Any], outputs: Properties) -> None:
    """An object store without a feature takes its header and says nothing."""
    for prop in ("metadata", "versioning", "versioningLegacy", "storageClass"):
        if asked.get(prop) and not _kept(prop, asked[prop], outputs.get(prop)):
            raise ProviderError(f"container '{name}': the object store took {prop} and did not keep it")


def _ours(inputs: Properties, told: Mapping[str, Any]) -> bool:
    asked = {prop: value for prop, value in _asked(inputs).items() if prop in _TOLD}
    return bool(asked) and all(_kept(prop, value, told.get(prop)) for prop, value in asked.items())


def _kept(prop: str, asked: Any, told: Any) -> bool:
    if prop in {"containerRead", "containerWrite"}:
        return RULES["acl"](asked, told)
    if not isinstance(asked, dict):
        return bool(asked == told)
    return all((told or {}).get(key) == str(value) for key, value in asked.items() if key != DEFAULTS)


def _not_empty(action: Action, name: str, fault: ServiceFault) -> ProviderError:
    count = (_head(action, name) or {}).get("X-Container-Object-Count", "some")
    return ProviderError(
        f"container '{name}' is not empty ({count} objects): {fault}; empty it, or set forceDestroy on it first"
    )
