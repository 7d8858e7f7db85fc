"""One stack's operation within a fleet call: the ordinary one, with another provider and another report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Final, TypeVar

from orchestrator.engine.arguments import Parsed
from orchestrator.engine.backend import lock
from orchestrator.engine.backend.stack_store import StackStore
from orchestrator.engine.command import EmbeddedCommand
from orchestrator.engine.commands.context import Console, Context
from orchestrator.engine.commands.operation import Operation
from orchestrator.engine.deploy.gate import Gate
from orchestrator.engine.deploy.options import Options
from orchestrator.engine.deploy.report import Report
from orchestrator.engine.errors import EngineError
from orchestrator.engine.fleet.stack import FleetStack
from orchestrator.engine.provider import Provider

T = TypeVar("T")
R = TypeVar("R")

STACKS_AT_ONCE: Final = 8
NOT_BEGUN: Final = "not begun: the run was interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """`kind`: refresh or preview; `running`: lets the operation be interrupted together with its command."""

    kind: str
    options: Options
    provider: Provider
    running: Callable[[Gate], AbstractContextManager[None]]

    def carry_out(self, stack: FleetStack, report: Report) -> None:
        """Under the stack's lock where it writes; raises EngineError where the stack cannot be opened."""
        store = store_of(stack).require()
        if self.options.dry_run:
            self._operation(stack, store, report).run()
            return
        with store.held() as held:
            self._operation(stack, held, report).run()

    def _operation(self, stack: FleetStack, store: StackStore, report: Report) -> Operation:
        context = Context(
            parsed=Parsed(command=(self.kind,), operands=(), tail=(), options={"--stack": stack.name}),
            work_dir=stack.work_dir,
            environment=stack.environment,
            console=Console(),
            provider=self.provider,
            running=self.running,
            program=stack.program,
        )
        return Operation(context=context, store=store, kind=self.kind, options=self.options, report=report)


def store_of(stack: FleetStack) -> StackStore:
    return StackStore.at(stack.name, stack.work_dir, stack.environment)


def worker_on(stack: FleetStack) -> str:
    """Who is changing the stack now, and since when; empty: nobody."""
    store = store_of(stack)
    return next((one.describe().strip() for one in lock.holders(store.bucket, store.layout) if one.works), "")


def kinds_in(stacks: Iterable[FleetStack]) -> frozenset[str]:
    """The types that stand in the stacks' states; a stack that cannot be read says so when its turn comes."""
    found: set[str] = set()
    for stack in stacks:
        try:
            found |= {resource["type"] for resource in store_of(stack).raw()[1].get("resources") or ()}
        except (EngineError, KeyError, TypeError):
            continue
    return frozenset(found)


@contextmanager
def interruptible(command: EmbeddedCommand) -> Iterator[Gate]:
    """A gate that closes when the command is interrupted."""
    gate = Gate(1)
    with command.running(gate):
        yield gate


def each(items: Iterable[T], work: Callable[[T], R], *, at_once: int) -> tuple[R, ...]:
    """`work` on each, several at once, in the given order."""
    with ThreadPoolExecutor(max(at_once, 1), thread_name_prefix="fleet") as pool:
        return tuple(pool.map(work, items))
