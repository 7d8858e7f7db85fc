"""Parts of a stack's objects that the stack has not recorded: looked at once more, and taken away.

By the provider of the object that holds them, so with the rights by which the stack works on it. States are read and
never written here: a stranger was never in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from orchestrator.engine.command import EmbeddedCommand
from orchestrator.engine.deploy.sessions import Sessions
from orchestrator.engine.errors import EngineError
from orchestrator.engine.fleet.course import interruptible, store_of
from orchestrator.engine.fleet.results import Stranger
from orchestrator.engine.fleet.stack import FleetStack
from orchestrator.engine.provider import ProviderError, Session
from orchestrator.engine.state.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A stack's state as it is now, and the sessions of its providers."""

    stack: str
    snapshot: Snapshot
    sessions: Sessions
    environment: Mapping[str, str]

    def has(self, stranger: Stranger) -> bool:
        """Whether the stack has recorded it meanwhile."""
        found = (entry.resource for entry in self.snapshot.entries())
        return any((one.type, one.id) == (stranger.kind, stranger.id) for one in found)

    def session(self, stranger: Stranger) -> Session:
        holder = self.snapshot.live(stranger.within)
        if holder is None:
            raise EngineError(f"error: {self.stack} has recorded no {stranger.within!r} that could hold {stranger.id}")
        return self.sessions.of(holder.resource.provider)


def remove_stranger(command: EmbeddedCommand, stack: FleetStack, stranger: Stranger) -> None:
    """Delete a part; one that is gone, or recorded by now, is left. Raises ProviderError, or EngineError.

    By the rights of its holder's provider, and where these do not see it by the operation's own.
    """
    with _opened(command, stack) as opened:
        if opened.has(stranger):
            return
        own = command.provider.session({}, opened.environment)
        try:
            opened.session(stranger).delete(stranger.kind, stranger.id, {}, seconds=None)
            if own.read(stranger.kind, stranger.id, {}, {}) is not None:
                # Neutron hides from a project the rule that an administrator made in another: 404, as if it were gone
                own.delete(stranger.kind, stranger.id, {}, seconds=None)
        except ProviderError as error:
            raise ProviderError(f"{stranger.name}: {error}", temporary=error.temporary) from error


def confirmed(
    command: EmbeddedCommand, stacks: Sequence[FleetStack], strangers: Iterable[Stranger]
) -> Iterator[Stranger]:
    """Those that are there and recorded by nobody: lists and states were not read at the same moment.

    One that cannot be looked at again counts as there.
    """
    by_name = {stack.name: stack for stack in stacks}
    for stranger in strangers:
        if not stranger.within or _is_there(command, by_name[stranger.stack], stranger):
            yield stranger


def _is_there(command: EmbeddedCommand, stack: FleetStack, stranger: Stranger) -> bool:
    try:
        with _opened(command, stack) as opened:
            if opened.has(stranger):
                return False
            return opened.session(stranger).read(stranger.kind, stranger.id, {}, {}) is not None
    except (ProviderError, EngineError):
        return True


@contextmanager
def _opened(command: EmbeddedCommand, stack: FleetStack) -> Iterator[_Opened]:
    loaded, _ = store_of(stack).require().load()
    snapshot = Snapshot(loaded.checkpoint.resources)
    with interruptible(command) as gate:
        sessions = Sessions(command.provider, stack.environment, snapshot, gate.interruption)
        environment = {name: text for name, text in stack.environment.items() if name.startswith("OS_")}
        yield _Opened(stack=stack.name, snapshot=snapshot, sessions=sessions, environment=environment)
