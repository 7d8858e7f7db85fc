"""A bench whose state is in PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from engine_bench import Bench
from engine_fake_cloud import Faults

from orchestrator.engine.backend.address import open_bucket
from orchestrator.engine.backend.layout import Layout


class PostgresBench(Bench):
    """A bench whose state is in PostgreSQL. `machine`: a name for its work directories; the cloud is the same."""

    def __init__(self, root: Path, url: str, faults: Faults | None = None, machine: str = "work") -> None:
        super().__init__(root, faults)
        self.work = root / machine
        self.environment["PULUMI_BACKEND_URL"] = url

    def stored(self, name: str = "acme") -> bytes:
        bucket = open_bucket(self.environment)
        return bucket.read(bucket.newest(Layout(project="demo", stack=name).checkpoints)) or b""


def settled(bench: PostgresBench, number: int) -> None:
    """State = cloud, nothing open, nobody's lock."""
    assert {r["id"] for r in bench.recorded().values()} == set(bench.cloud.objects())
    assert len(bench.cloud.objects()) == number
    assert bench.pending() == []
    assert open_bucket(bench.environment).keys(".pulumi/locks") == ()
