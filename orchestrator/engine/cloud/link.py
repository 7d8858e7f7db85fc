"""Two objects tied together: an assignment, a membership, an access. Exists or not; nothing to update."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.provider import Created, ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

Ends = dict[str, str]


class Link:
    """Generic handler of a tie. `ends`: the inputs whose values, joined by `/`, are its id."""

    ends: tuple[str, ...] = ()

    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        ends = self.given(inputs)
        self.tie(action, ends)
        created(self.join(ends))
        return Created(id=self.join(ends), outputs=ends)

    def find(self, action: Action, inputs: Properties) -> tuple[str, ...]:
        ends = self.given(inputs)
        return (self.join(ends),) if self.tied(action, ends) is not None else ()

    def read(self, action: Action, id_: str, known: Properties) -> Properties | None:  # noqa: ARG002 (the protocol's)
        ends = self.split(id_)
        told = self.tied(action, ends)
        return None if told is None else {**ends, **told}

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:  # noqa: ARG002 the handler's signature
        raise ProviderError(f"{action.type.token} {id_} cannot be changed: {', '.join(changed)}")

    def delete(self, action: Action, id_: str, known: Properties) -> None:  # noqa: ARG002 the handler's signature
        self.untie(action, self.split(id_))

    def given(self, inputs: Properties) -> Ends:
        return {name: str(inputs[name]) for name in self.ends if inputs.get(name)}

    def join(self, ends: Mapping[str, str]) -> str:
        return "/".join(ends.get(name, "") for name in self.ends)

    def split(self, id_: str) -> Ends:
        parts = id_.split("/", len(self.ends) - 1)
        if len(parts) != len(self.ends):
            raise ProviderError(f"the id {id_!r} must be {'/'.join(self.ends)}")
        return {name: part for name, part in zip(self.ends, parts, strict=True) if part}

    # what a type has to say

    def tie(self, action: Action, ends: Ends) -> None:
        raise NotImplementedError

    def tied(self, action: Action, ends: Ends) -> dict[str, Any] | None:
        """Further outputs if the tie exists ({} for none), else None."""
        raise NotImplementedError

    def untie(self, action: Action, ends: Ends) -> None:
        """Take it away; one that is gone already is no error."""
        raise NotImplementedError
