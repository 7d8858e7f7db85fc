"""A written region whose ledger says that all of it was applied, and plans of it as whole processes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measurement.errors import BenchmarkError
from measurement.process import Finished, run
from measurement.product import Product

from region.surroundings import NAME
from region.write import WrittenRegion

LEDGER_LIMIT = 300.0
NO_CHANGE, PENDING = 0, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedRegion:
    """`state`: what `--state` names; `limit`: seconds for one plan."""

    product: Product
    region: WrittenRegion
    state: Path
    limit: float

    @property
    def ledger(self) -> Path:
        return self.state / NAME / "ledger"

    def write_ledger(self) -> None:
        script = Path(__file__).with_name("ledger.py")
        command = (self.product.python, script, self.region.folder, self.state)
        run(command, limit=LEDGER_LIMIT, environment=self.product.environment)

    def check(self) -> None:
        """Raises BenchmarkError unless each step is looked at and none is taken."""
        done = self._plan(("--format", "json"), NO_CHANGE)
        plan = json.loads(done.output)
        wanted = len(self.region.tenants) + 1
        if plan["steps"] or len(plan["untaken"]) != wanted:
            raise BenchmarkError(f"{len(plan['steps'])} steps, {len(plan['untaken'])} of {wanted} untaken")

    def plan(self) -> Finished:
        """The no-op. Reaches no cloud."""
        return self._plan(("--exit-code",), NO_CHANGE)

    def plan_anew(self, sample: int, clouds: Path) -> Finished:
        """The same after the first `sample` tenants were forgotten: the engine previews them, each for the first time.

        The ledger is whole again afterwards.
        """
        for path in self.region.tenants[:sample]:
            (self.ledger / f"tenant.{path.stem}.json").unlink()
        try:
            return self._plan(("--exit-code", "--clouds", clouds), PENDING)
        finally:
            self.write_ledger()

    def _plan(self, options: Sequence[str | Path], code: int) -> Finished:
        command = (self.product.mutualis, "plan", self.region.folder, "--state", self.state, *options)
        return run(command, limit=self.limit, environment=self.product.environment, codes=(code,))


def extrapolated(whole: float, none: float, sample: int, tenants: int) -> float:
    """Seconds for all tenants. `whole`: measured with `sample` previews among them, `none`: with no preview."""
    return none + max(whole - none, 0.0) / sample * tenants
