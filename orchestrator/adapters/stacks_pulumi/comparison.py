"""Stacks beside the cloud (`ports.StackComparison`), by the embedded engine's fleet call.

Whichever engine carries stacks out, their state is Pulumi's and this reads it: nothing is run and nothing written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

from pulumi.automation.errors import CommandError

from orchestrator.adapters.stacks_pulumi.changes import logical_name
from orchestrator.adapters.stacks_pulumi.failures import failures_of, without_traceback
from orchestrator.adapters.stacks_pulumi.workspaces import Workspaces
from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.errors import EngineError
from orchestrator.engine.fleet import FleetStack, StackDrift, Stranger, Verdict, drift_many
from orchestrator.engine.fleet import ResourceDrift as Drifted
from orchestrator.errors import PermanentFailure
from orchestrator.model.drift import ComparedStack, Comparison, Difference, FoundChange, FoundObject, Unseen

PATIENCE: Final = 120.0
"""Seconds for one list: a region of 5000 servers needs a few; a service that is down is told as that afterwards."""

_LISTS: Final = "list"
_DIFFERENCES: Final = {Verdict.CHANGED: Difference.CHANGED, Verdict.GONE: Difference.GONE}


class FleetComparison:
    """`looking`: workspaces of the embedded engine whose credential only reads; `ignored`: by kind, idle fields."""

    def __init__(self, looking: Workspaces, ignored: Callable[[str], Collection[str]], *, at_once: int) -> None:
        self._looking = looking
        self._ignored = ignored
        self._at_once = at_once

    def stacks(self) -> frozenset[str]:
        try:
            return self._looking.names()
        except CommandError as err:
            cause = "; ".join(one.cause for one in failures_of([], err))
            raise PermanentFailure(f"cannot list the stacks of the state: {cause}", hint="mend that first") from err

    def compare(self, stacks: Sequence[str]) -> Comparison:
        if not stacks:
            return Comparison(stacks=())
        with self._looking.together(stacks) as (folder, environment):
            fleet = [FleetStack(name=name, work_dir=folder, environment=environment) for name in stacks]
            command = EmbeddedCommand(OpenStackProvider())
            try:
                found = drift_many(
                    command,
                    fleet,
                    at_once=self._at_once,
                    strangers=True,
                    ignored=self._ignored,
                    patience=PATIENCE,
                )
            except EngineError as err:
                raise PermanentFailure(f"cannot compare the stacks: {err}", hint="mend that first") from err
        effort = found.effort
        return Comparison(
            stacks=tuple(_compared(stack, found.strangers) for stack in found.stacks),
            lists=effort.lists,
            reads=effort.single + effort.confirmed,
            unseen=tuple(Unseen(kind=_LISTS, name=_head(one), cause=one) for one in found.unlisted),
        )


def _compared(stack: StackDrift, strangers: Sequence[Stranger]) -> ComparedStack:
    added = (_added(one) for one in strangers if one.stack == stack.stack)
    return ComparedStack(
        stack=stack.stack,
        objects=len(stack.resources),
        found=(*(_found(one) for one in stack.drifted), *added),
        unseen=tuple(_unseen(stack)),
    )


def _found(drifted: Drifted) -> FoundObject:
    return FoundObject(
        kind=drifted.type,
        name=logical_name(drifted.urn),
        id=drifted.id,
        difference=_DIFFERENCES[drifted.verdict],
        urn=drifted.urn,
        changes=tuple(FoundChange(path=one.path, applied=one.old, found=one.new) for one in drifted.changes),
        declared=drifted.inputs,
    )


def _added(stranger: Stranger) -> FoundObject:
    return FoundObject(
        kind=stranger.kind,
        name=stranger.name,
        id=stranger.id,
        difference=Difference.ADDED,
        urn=stranger.within,
        within=logical_name(stranger.within) if stranger.within else "",
        within_kind=stranger.within.split("::")[2].rpartition("$")[2] if stranger.within else "",
    )


def _unseen(stack: StackDrift) -> Iterator[Unseen]:
    for cause in stack.failures:
        yield Unseen(kind="", name="", cause=without_traceback(cause))
    for one in stack.resources:
        if one.error:
            hidden = one.verdict is not Verdict.ERROR
            cause = without_traceback(one.error)
            yield Unseen(kind=one.type, name=logical_name(one.urn), cause=cause, hidden=hidden)


def _head(text: str) -> str:
    return text.partition(":")[0]
