"""Drift put back on the ordinary way: an update that first takes over what of the cloud's differences is ours.

What was added to objects of ours stands in no state, so no program can take it away: it is planned as a deletion with
a URN of its own, and removed before the update (Neutron refuses a rule beside an equal one).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pulumi import automation
from pulumi.automation import EngineEvent, PulumiCommand

from orchestrator.adapters.stacks_pulumi.failures import failure
from orchestrator.adapters.stacks_pulumi.workspaces import Workspaces
from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.errors import EngineError
from orchestrator.engine.fleet import FleetStack, Stranger, remove_stranger
from orchestrator.engine.provider import ProviderError
from orchestrator.errors import PermanentFailure, TemporaryFailure
from orchestrator.model.drift import ComparedStack, Difference, FoundObject, added_parts, added_urn
from orchestrator.model.outcome import Failure
from orchestrator.model.plan import Operation, ResourceChange
from orchestrator.ports import StackComparison

OnEvent = Callable[[EngineEvent], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repairs:
    """`looking`, `acting`: workspaces of the embedded engine with a provider that takes over what is ours alone.

    `is_ours`: whether something that was added is drift.
    """

    looking: Workspaces
    acting: Workspaces
    comparison: StackComparison
    is_ours: Callable[[FoundObject], bool]
    parallel: int

    def preview(self, stack: automation.Stack, on_event: OnEvent) -> None:
        stack.preview(on_event=on_event, refresh=True)

    def update(self, stack: automation.Stack, on_event: OnEvent) -> None:
        stack.up(on_event=on_event, parallel=self.parallel, show_secrets=False, continue_on_error=True, refresh=True)

    def removals(self, stack: str) -> tuple[ResourceChange, ...]:
        """Deletions of what was added to the stack's objects. Raises when it cannot be told."""
        compared = self.comparison.compare((stack,))
        missed = [*compared.unseen, *(one for one in compared.stacks[0].unseen if not one.hidden)]
        if missed:
            causes = "; ".join(f"{one.name}: {one.cause}" if one.name else one.cause for one in missed)
            raise TemporaryFailure(f"cannot compare stack {stack} with the cloud: {causes}", hint="try again later")
        return tuple(_removal(one) for one in self._added(compared.stacks[0]))

    def remove(self, stack: str, added: Sequence[ResourceChange]) -> Iterator[Failure | ResourceChange]:
        """Take these away, one by one; each change that is done, and each failure."""
        if not added:
            return
        command = _embedded(self.acting.carrier.command)
        with self.acting.together((stack,)) as (folder, environment):
            place = FleetStack(name=stack, work_dir=folder, environment=environment)
            for change in added:
                kind, identity, within = added_parts(change)
                stranger = Stranger(stack=stack, kind=kind, id=identity, name=change.name, within=within)
                try:
                    remove_stranger(command, place, stranger)
                except (ProviderError, EngineError) as err:
                    yield failure(change.name, str(err))
                else:
                    yield change

    def interrupt(self) -> None:
        self.acting.carrier.interrupt()

    def _added(self, compared: ComparedStack) -> Iterator[FoundObject]:
        return (one for one in compared.found if one.difference is Difference.ADDED and self.is_ours(one))


def _removal(added: FoundObject) -> ResourceChange:
    return ResourceChange(
        operation=Operation.DELETE,
        kind=added.kind,
        name=f"{added.name} in {added.within}",
        urn=added_urn(added.kind, added.id, added.urn),
    )


def _embedded(command: PulumiCommand) -> EmbeddedCommand:
    if not isinstance(command, EmbeddedCommand):
        raise PermanentFailure("repairs need the embedded engine", hint="set spec.engine: embedded in the Region")
    return command
