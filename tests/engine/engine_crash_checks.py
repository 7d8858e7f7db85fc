"""What must hold after a crash, whatever wrote the journal: one more run, and state = cloud = program."""

from __future__ import annotations

from engine_bench import Bench
from engine_crash_child import first, second


def check_converged(bench: Bench, action: str, after: int) -> None:
    """`action`: what was killed (create, change, destroy); `after`: objects that there must be in the end."""
    if action == "destroy":
        bench.stack(first).destroy()
    else:
        program = second if action == "change" else first
        bench.up(program)
        changes = bench.preview(program)
        assert set(changes) == {"same"}, changes
    recorded = {r["id"] for r in bench.recorded().values()}
    assert recorded == set(bench.cloud.objects())
    assert len(recorded) == after
    assert bench.pending() == []
