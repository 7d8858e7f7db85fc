"""The running cloud's word on a plan: read beside the previews, and only for a plan that has steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from orchestrator.capacity.running import CODES, Unkept, growing, unkept
from orchestrator.model.finding import Finding, ObjectRef, Path, Position, Severity
from orchestrator.model.plan import LedgerEntry, Step
from orchestrator.model.snapshot import COMPUTE, PLACEMENT, InventorySnapshot
from orchestrator.model.specs import Specs
from orchestrator.ports import CloudInventory

PlaceOf = Callable[[ObjectRef, Path], tuple[Path, Position]]

NEEDED: Final = (PLACEMENT, COMPUTE)
"""Parts without which nothing can be said. Others that are down are judged by the specs."""

HINT: Final = "see `mutualis capacity`; bring hosts back or add some, lower a guaranteed share, or put this change off"


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudJudge:
    """Errors where the plan's own promises do not fit on the cloud as it is, warnings where older ones did not."""

    inventory: CloudInventory
    place_of: PlaceOf

    def reading(self) -> Callable[[], InventorySnapshot]:
        """Begin to read; the answer waits for the end of it."""
        pool = ThreadPoolExecutor(1, thread_name_prefix="running-cloud")
        future = pool.submit(self.inventory.read)
        pool.shutdown(wait=False)
        return future.result

    def findings(
        self, specs: Specs, steps: tuple[Step, ...], ledger: Mapping[str, LedgerEntry], snapshot: InventorySnapshot
    ) -> tuple[Finding, ...]:
        """A cloud that cannot be read is a warning: the specs were judged, and a plan must not fail for it."""
        down = [one for one in snapshot.health if one.part in NEEDED and not one.up]
        if down:
            message = f"guaranteed shares were judged by the specs alone: {down[0].error}"
            return (
                self._finding(CODES["unread"], ObjectRef(kind="Region", name=specs.region.name), ("spec",), message),
            )
        return tuple(self._told(unkept(specs, snapshot, growing(specs, steps, ledger))))

    def _told(self, found: tuple[Unkept, ...]) -> Iterator[Finding]:
        for one in found:
            at = ObjectRef(kind="Tenant", name=one.tenants[0])
            state = "was too small before this plan" if one.before else "becomes too small by this plan"
            message = f"the running cloud {state}, which asks more of it for {', '.join(one.tenants)}: {one.message}"
            yield self._finding(one.code, at, ("spec", "guarantee"), message, refused=not one.before)

    def _finding(self, code: str, at: ObjectRef, path: Path, message: str, *, refused: bool = False) -> Finding:
        where, position = self.place_of(at, path)
        return Finding(
            code=code,
            severity=Severity.ERROR if refused else Severity.WARNING,
            position=position,
            message=message,
            path=where,
            hint=HINT,
            object=at,
        )
