"""One look after the other at a region's capacity: specs read anew each time, one session with the cloud for all."""

from __future__ import annotations

from pathlib import Path

from orchestrator.capacity.ground import ground
from orchestrator.capacity.headroom.headroom import headroom
from orchestrator.capacity.judgement import judgement
from orchestrator.capacity.ratio import ratios
from orchestrator.capacity.region import ground_capacity
from orchestrator.cli.cloud import inventory_of
from orchestrator.cli.options import rules_folder
from orchestrator.cli.specs import written_specs_of
from orchestrator.errors import MutualisError, UsageError
from orchestrator.model.capacity import Source
from orchestrator.model.fit import Promise
from orchestrator.model.headroom import Headroom
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Specs
from orchestrator.reporting.capacity.view import CapacityView
from orchestrator.spec.messages import did_you_mean
from orchestrator.wiring.specs import written


class CapacityLook:
    """`site`, `tenant`: to narrow it to. `again`: whether there will be more than one.

    Raises SpecError for specs that cannot be read, UsageError for a site or a tenant that they do not have.
    """

    def __init__(self, folder: Path, clouds: Path | None, *, site: str, tenant: str, cloud: bool, again: bool) -> None:
        self._folder = folder
        self._site, self._tenant = site, tenant
        self._specs, _ = written_specs_of(folder)
        _named(self._specs, folder, site, tenant)
        self._inventory = inventory_of(self._specs, clouds, again=again) if cloud else None
        self._first = True

    def __call__(self) -> CapacityView:
        """From the second on, specs that cannot be read leave those of before, and the view says so."""
        trouble = "" if self._first else self._read_again()
        self._first = False
        snapshot = self._inventory.read() if self._inventory else None
        view = _view(self._specs, snapshot, trouble)
        if self._tenant:
            return view.of_tenant(self._tenant)
        return view.of_site(self._site) if self._site else view

    def _read_again(self) -> str:
        try:
            specs = written(self._folder, rules_folder()).specs
            if specs is None:
                return f"they are refused; `mutualis validate {self._folder}` says why"
            _named(specs, self._folder, self._site, self._tenant)
        except MutualisError as error:
            return error.message
        self._specs = specs
        return ""


def _view(specs: Specs, snapshot: InventorySnapshot | None, trouble: str) -> CapacityView:
    """The whole region's, by the arithmetic of the exporter and of `what-if`."""
    given = ground(specs, snapshot)
    capacity = ground_capacity(given)
    return CapacityView(
        specs=specs,
        capacity=capacity,
        judged=judgement(given),
        ratios={
            promise: {(line.site, line.resource, line.tier): ratio for line, ratio in ratios(capacity, promise)}
            for promise in Promise
        },
        headroom=headroom(given) if given.source is Source.CLOUD else Headroom(),
        taken_at=snapshot.taken_at if snapshot else None,
        parts=snapshot.health if snapshot else (),
        trouble=trouble,
    )


def _named(specs: Specs, folder: Path, site: str, tenant: str) -> None:
    for word, name, known in (("site", site, specs.sites), ("tenant", tenant, specs.tenants)):
        if name and name not in known:
            raise UsageError(f"no {word} '{name}' in {folder}", hint=did_you_mean(name, known))
