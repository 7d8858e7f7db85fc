"""The StackComparison port in memory: what each stack is to be found like."""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator.model.drift import ComparedStack, Comparison, Unseen


class FakeStackComparison:
    """`found`: by stack; `asked`: the stacks of each call."""

    def __init__(self, *stacks: ComparedStack, unseen: tuple[Unseen, ...] = ()) -> None:
        self.found = {one.stack: one for one in stacks}
        self.unseen = unseen
        self.asked: list[tuple[str, ...]] = []

    def stacks(self) -> frozenset[str]:
        return frozenset(self.found)

    def compare(self, stacks: Sequence[str]) -> Comparison:
        self.asked.append(tuple(stacks))
        return Comparison(
            stacks=tuple(self.found[name] for name in stacks), lists=len(stacks), reads=1, unseen=self.unseen
        )
