"""What an operation tells while it runs: Pulumi's events, lines for people, and the counts of its summary."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.values import MASK, masked

Sink = Callable[[str, Mapping[str, Any]], None]  # (kind of event, its fields)

PROGRAM_RAISED: Final = "python inline source runtime error: "  # the SDK looks for these words
_TRACE: Final = "Traceback (most recent call last):"
_SIGNS: Final = {
    "create": "+", "update": "~", "delete": "-", "replace": "+-", "create-replacement": "++",
    "delete-replaced": "--", "import": "=", "read": ">", "refresh": "~", "discard": "<",
}  # fmt: skip
_COUNTED: Final = frozenset({"create", "update", "delete", "same", "replace", "import", "discard"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing done to one resource. `paths`: property path -> add, delete or update."""

    op: str
    urn: str
    old: Resource | None = None
    new: Resource | None = None
    paths: Mapping[str, str] = field(default_factory=dict)
    replace_paths: tuple[str, ...] = ()


class Report:
    """Safe to use from many threads. `sink` is None where nobody listens to events."""

    def __init__(self, *, sink: Sink | None, line: Callable[[str], None], dry_run: bool) -> None:
        self._sink = sink
        self._line = line
        self._dry_run = dry_run
        self._lock = threading.Lock()
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self._left = False
        self._refused: set[str] = set()
        self._traces: set[str] = set()
        self._begun: dict[str, Step] = {}

    def prelude(self, config: Mapping[str, str], secret: frozenset[str]) -> None:
        shown = {key: MASK if key in secret else value for key, value in config.items()}
        self._emit("preludeEvent", {"config": shown})

    def before(self, step: Step, *, op: str = "") -> None:
        with self._lock:
            self._begun[step.urn] = step
        if not urns.is_default_provider(step.urn):
            self._emit("resourcePreEvent", step, op=op)

    def after(self, step: Step, *, counted: bool = True, op: str = "") -> None:
        """The step is done."""
        if urns.is_default_provider(step.urn):
            return
        if counted:
            self.count(op or step.op)
        self._emit("resOutputsEvent", step, op=op)
        self._tell(op or step.op, step)

    def show(self, step: Step) -> None:
        """The outputs of something that was counted already, under the operation that it began with."""
        with self._lock:
            begun = self._begun.get(step.urn, step)
        self._emit("resOutputsEvent", replace(step, op=begun.op))

    def count(self, op: str) -> None:
        if op in _COUNTED:
            with self._lock:
                self.counts[op] += 1

    def failed(self, step: Step, message: str) -> None:
        """The step failed; its message is told with the resource it belongs to."""
        self.diagnostic("error", message, step.urn)
        with self._lock:
            step = self._begun.get(step.urn, step)
        if self._sink is not None:
            self._sink("resOpFailedEvent", {"metadata": _metadata(step, step.op), "status": 0, "steps": 1})

    def diagnostic(self, severity: str, message: str, urn: str = "") -> None:
        """A message for whoever watches; errors make the operation fail."""
        if severity == "error":
            with self._lock:
                self.failures.append(message)
        about = f"{urns.type_of(urn)} ({urns.name_of(urn)}): " if urn else ""
        if severity != "debug":
            self._line(f"  {about}{severity}: {message}")
        event = {
            "prefix": f"{severity}: ",
            "message": message,
            "color": "never",
            "severity": severity,
            "streamId": 0,
            "ephemeral": False,
        }
        self._emit("diagnosticEvent", {**event, "urn": urn} if urn else event)

    def refuse(self, message: str) -> None:
        """The program asked for what cannot be: told once, and here, whatever the program makes of it."""
        with self._lock:
            told = message in self._refused
            self._refused.add(message)
            self._left = True
        if not told:
            self.diagnostic("error", PROGRAM_RAISED + message)

    def leave(self) -> None:
        """From now on the program lacks values that it asked for: errors it ends with only follow from that."""
        with self._lock:
            self._left = True

    def log(self, severity: str, message: str, urn: str = "") -> None:
        """What the program logs or ended with. Nothing is told twice, and traces only to those who debug it."""
        text, mark, trace = message.partition(_TRACE)
        text = text.rstrip()
        with self._lock:
            told = severity == "error" and text in self.failures
            follows = self._left and text.startswith(PROGRAM_RAISED)
            news = bool(mark) and trace not in self._traces
            self._traces.add(trace)
        if not told:
            self.diagnostic("debug" if follows else severity, text, urn)
        if news:
            self.diagnostic("debug", mark + trace, urn)

    def summary(self, *, succeeded: bool, seconds: float) -> None:
        """The last events of every operation."""
        changes = dict(sorted(self.counts.items()))
        found = {
            "maybeCorrupt": False,
            "durationSeconds": int(seconds),
            "resourceChanges": changes,
            "PolicyPacks": {},
            "isPreview": self._dry_run,
            "result": "succeeded" if succeeded else "failed",
        }
        self._line("Resources:")
        for op, number in changes.items():
            self._line(f"    {_SIGNS.get(op, ' ')} {number} {'unchanged' if op == 'same' else op}")
        self._emit("summaryEvent", found)
        self._emit("cancelEvent", {})

    def _tell(self, op: str, step: Step) -> None:
        if op in _SIGNS:
            changed = f" [{', '.join(step.paths)}]" if step.paths and op in {"update", "replace"} else ""
            self._line(f" {_SIGNS[op]:2} {urns.type_of(step.urn)} {urns.name_of(step.urn)} {op}{changed}")

    def _emit(self, kind: str, about: Step | Mapping[str, Any], *, op: str = "") -> None:
        if self._sink is None:
            return
        if isinstance(about, Step):
            self._sink(kind, {"metadata": _metadata(about, op or about.op), "planning": self._dry_run})
        else:
            self._sink(kind, about)


def _metadata(step: Step, op: str) -> dict[str, Any]:
    replaced = frozenset(step.replace_paths)
    some = step.new or step.old
    return {
        "op": op,
        "urn": step.urn,
        "type": urns.type_of(step.urn),
        "old": _state(step.old),
        "new": _state(step.new),
        "keys": list(step.replace_paths),
        "diffs": list(dict.fromkeys(path.split(".", 1)[0].split("[", 1)[0] for path in step.paths)),
        "detailedDiff": {
            path: {"diffKind": f"{kind}-replace" if path in replaced else kind, "inputDiff": False}
            for path, kind in step.paths.items()
        },
        "logical": op not in {"create-replacement", "delete-replaced"},
        "provider": some.provider if some else "",
    }


def _state(resource: Resource | None) -> dict[str, Any] | None:
    if resource is None:
        return None
    return {
        "type": resource.type,
        "urn": resource.urn,
        "custom": resource.custom,
        "delete": resource.delete,
        "id": resource.id,
        "parent": resource.parent,
        "protect": resource.protect,
        "retainOnDelete": resource.retain_on_delete,
        "inputs": masked(resource.inputs),
        "outputs": masked(resource.outputs),
        "provider": resource.provider,
        "initErrors": list(resource.init_errors),
    }
