"""Finding out what became of actions that a dead process had begun, before anything new is done.

A create whose answer was lost is looked for in the cloud and adopted; nothing is ever made twice by guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from orchestrator.engine.deploy import companions
from orchestrator.engine.deploy.actions import Actions
from orchestrator.engine.deploy.gate import Stopped
from orchestrator.engine.deploy.record import Begun
from orchestrator.engine.deploy.report import Report
from orchestrator.engine.provider import Condition, ProviderError
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.snapshot import Snapshot
from orchestrator.engine.state.values import without_internals

_CUT_OFF: Final = "the run that made it ended before it came up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """One pass over what was left open."""

    snapshot: Snapshot
    actions: Actions
    report: Report
    named: Mapping[str, str] = field(default_factory=dict)  # URN -> the object that was made, as a person says

    def run(self, left_open: Iterable[Begun]) -> tuple[Begun, ...]:
        """Settle what can be settled; returns what cannot, each with an error told."""
        unsettled = []
        for begun in left_open:
            try:
                self._settle(begun)
            except Stopped:
                unsettled.append(begun)  # the operation is being interrupted: the next one looks
            except ProviderError as error:
                if self.actions.pretends:
                    self._will_look(begun, error)
                    continue
                about = f"an interrupted operation was {begun.kind} this resource, and what became of it is not known: "
                self.report.diagnostic("error", about + str(error), begun.resource.urn)
                unsettled.append(begun)
        return tuple(unsettled)

    def _will_look(self, begun: Begun, error: ProviderError) -> None:
        """A preview's credential may not see what the operation's will: it shows the action as still to be done."""
        about = f"an interrupted operation was {begun.kind} this resource; it will be looked for when applied: "
        self.report.diagnostic("info", about + str(error), begun.resource.urn)

    def _settle(self, begun: Begun) -> None:
        if begun.kind == "creating":
            self._adopt(begun.resource)
        elif begun.kind in {"updating", "deleting"}:
            self._look(begun.resource)

    def _adopt(self, wanted: Resource) -> None:
        identity = self.named.get(wanted.urn) or wanted.id or self._identity_of(wanted)
        if not identity or self._is_recorded(wanted.type, identity):
            return
        known = replace(wanted, id=identity, outputs={})
        found = self._as_found(known) if self.actions.pretends else self.actions.resume(known)
        if found is None:
            if wanted.urn in self.named:
                raise ProviderError(f"{identity} does not exist")
            return
        adopted = replace(found, inputs=wanted.inputs)
        old = self.snapshot.live(wanted.urn)
        if old is not None and old.resource.pending_replacement:
            self.snapshot.put(adopted, old.key)
        else:
            if old is not None:
                self.snapshot.amend(old.key, replace(old.resource, delete=True))
            self.snapshot.put(adopted)
        self.report.diagnostic("info", f"found again as {identity} after an interrupted create", wanted.urn)

    def _as_found(self, wanted: Resource) -> Resource | None:
        """For a preview: what came up is as the cloud tells it; the rest is still to become what was asked for."""
        condition = self.actions.condition(wanted)
        if condition is Condition.GONE:
            return None
        if condition is Condition.UP:
            return self.actions.read(wanted)
        return replace(wanted, outputs=without_internals(wanted.inputs), init_errors=(_CUT_OFF,))

    def _identity_of(self, wanted: Resource) -> str:
        found = [one for one in self.actions.find(wanted) if not self._is_recorded(wanted.type, one)]
        if len(found) > 1:
            raise ProviderError(
                f"several objects may be the one that was made: {', '.join(sorted(found))}; delete those that are not "
                f"in use, or take one over with `import_` on {urns.name_of(wanted.urn)}"
            )
        return found[0] if found else ""

    def _is_recorded(self, kind: str, identity: str) -> bool:
        return any(e.resource.type == kind and e.resource.id == identity for e in self.snapshot.entries())

    def _look(self, begun: Resource) -> None:
        """An update or a deletion: the object says itself how far it came."""
        entry = next(
            (e for e in self.snapshot.entries() if e.resource.urn == begun.urn and e.resource.id == begun.id), None
        )
        if entry is None:
            return
        now = self.actions.read(entry.resource)
        if now is None:
            companions.drop(self.snapshot, entry)
        else:
            self.snapshot.amend(entry.key, replace(now, inputs=entry.resource.inputs))
