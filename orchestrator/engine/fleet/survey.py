"""One look at every stack of a fleet, whatever is looked for: begun or not, told as it comes, its calls counted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.command import EmbeddedCommand
from orchestrator.engine.deploy.gate import Gate
from orchestrator.engine.errors import EngineError
from orchestrator.engine.fleet.course import NOT_BEGUN, each, interruptible, kinds_in
from orchestrator.engine.fleet.listing import Place
from orchestrator.engine.fleet.lists import LIST_SECONDS
from orchestrator.engine.fleet.provider import Fleet
from orchestrator.engine.fleet.results import Effort
from orchestrator.engine.fleet.stack import FleetStack
from orchestrator.engine.fleet.tally import Tally, sum_of

Found = TypeVar("Found")
Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Generic[Found]):
    """`look`: at one stack, its calls counted in the tally; `missed`: the result of a stack (name) without one (why).

    `seen`: told of each result, from several threads.
    """

    command: EmbeddedCommand
    look: Callable[[Fleet, FleetStack, Tally], Found]
    missed: Callable[[str, str], Found]
    seen: Callable[[Found], None] | None

    def of(
        self, stacks: Sequence[FleetStack], at_once: int, *, listed: bool = True
    ) -> tuple[tuple[Found, ...], Effort]:
        """Results in the stacks' order. `listed`: what the states hold is asked for by lists."""
        found, effort, _ = self.with_lists(stacks, at_once, listed=listed, further=(), ask=lambda _fleet, _found: None)
        return found, effort

    def with_lists(
        self,
        stacks: Sequence[FleetStack],
        at_once: int,
        *,
        listed: bool,
        further: Collection[Place],
        patience: float = LIST_SECONDS,
        ask: Callable[[Fleet, tuple[Found, ...]], Asked],
    ) -> tuple[tuple[Found, ...], Effort, Asked]:
        """The same, and what `ask` makes of the results and the lists. `further`: lists that it looks into."""
        with interruptible(self.command) as gate:
            kinds = kinds_in(stacks) if listed else frozenset()
            fleet = Fleet(_openstack(self.command), kinds, gate.interruption, further, patience)
            looked = each(stacks, lambda stack: self._one(fleet, stack, gate), at_once=at_once)
            found = tuple(one for one, _ in looked)
            asked = ask(fleet, found)
        return found, sum_of([effort for _, effort in looked], fleet.list_calls), asked

    def _one(self, fleet: Fleet, stack: FleetStack, gate: Gate) -> tuple[Found, Effort]:
        tally = Tally()
        found = self.missed(stack.name, NOT_BEGUN) if gate.stopped else self._looked(fleet, stack, tally)
        if self.seen is not None:
            self.seen(found)
        return found, tally.effort

    def _looked(self, fleet: Fleet, stack: FleetStack, tally: Tally) -> Found:
        try:
            return self.look(fleet, stack, tally)
        except EngineError as error:
            return self.missed(stack.name, str(error).removeprefix("error: "))


def _openstack(command: EmbeddedCommand) -> OpenStackProvider:
    """The command's provider; others have no lists."""
    if not isinstance(command.provider, OpenStackProvider):
        raise EngineError(f"error: fleet calls need the openstack provider, not {command.provider.package}")
    return command.provider
