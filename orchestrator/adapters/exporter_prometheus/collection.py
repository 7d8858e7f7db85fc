"""The background collection: at its cadence it reads specs and cloud, and leaves a page. Knows nothing of HTTP."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final

from orchestrator.adapters.exporter_prometheus.heap import give_back
from orchestrator.adapters.exporter_prometheus.kept_judgement import KeptJudgement
from orchestrator.adapters.exporter_prometheus.page import RegionPage, render
from orchestrator.adapters.exporter_prometheus.pauses import Pauses, step_back
from orchestrator.adapters.exporter_prometheus.reading import Reading, reading
from orchestrator.errors import MutualisError
from orchestrator.model.records import Records
from orchestrator.model.specs import Specs
from orchestrator.ports import CloudInventory

log: Final = logging.getLogger(__name__)

JITTER: Final = 0.02  # of the cadence, more or less, at random

SpecSource = Callable[[], Specs]
"""Gives the specs as they are now; raises MutualisError when they cannot be used."""

RecordSource = Callable[[Specs], Records | None]
"""Gives what the region's state folder tells now; None when there is none, or it may not be read."""

CertificateEnd = Callable[[], float | None]
"""Gives the end of the exporter's own certificate, seconds since the epoch; None without TLS."""

PageSink = Callable[[RegionPage], None]
"""Is given each new page, in the thread that collects; may raise MutualisError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a collection reads, each time anew."""

    inventory: CloudInventory
    specs: SpecSource
    records: RecordSource = lambda _specs: None
    certificate_end: CertificateEnd = lambda: None


class Collection:
    """`page` is None until the first collection is over. `cadence`: seconds from one begin to the next."""

    def __init__(self, sources: Sources, cadence: float, sink: PageSink = lambda _page: None) -> None:
        self._sources = sources
        self._cadence = cadence
        self._sink = sink
        self._specs: Specs | None = None
        self._kept = KeptJudgement()
        self._stopped = False
        self._woken = Event()
        self._thread = Thread(target=self._run, name="exporter-collection", daemon=True)
        self.page: RegionPage | None = None

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """No further collection; one under way is waited for, `seconds` at most."""
        self._stopped = True
        self._woken.set()
        if self.alive:
            self._thread.join(seconds)

    def wake(self) -> None:
        """Collect as soon as the collection under way is over, whatever the cadence; the specs are read again."""
        self._woken.set()

    def reload(self) -> None:
        """The same, if the specs can be read now. Raises MutualisError when they cannot; nothing changes then."""
        self._sources.specs()
        self.wake()

    def collect(self) -> bool:
        """One collection; whether there is a new page. A failure leaves it as it was: its timestamps tell its age."""
        try:
            specs_up = self._read_specs()
            if self._specs is None:
                return False
            self.page = render(self._read(self._specs, specs_up=specs_up))
            self._sink(self.page)
        except MutualisError as error:
            log.error("collection failed: %s", error.message)  # noqa: TRY400 (an operator needs no traceback)
        except Exception:
            log.exception("collection failed; please report this")
        else:
            return True
        return False

    def _run(self) -> None:
        step_back()
        pauses = Pauses()
        while not self._stopped:
            began = time.monotonic()
            self._woken.clear()
            if not self._stopped:  # told between the two lines above
                with pauses.avoided():
                    self.collect()
                give_back()
            self._woken.wait(0 if self._stopped else max(0.0, self._next() - (time.monotonic() - began)))

    def _next(self) -> float:
        """Seconds from one begin to the next: exporters that were started together do not ask together for ever."""
        return self._cadence * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 (no secret)

    def _read(self, specs: Specs, *, specs_up: bool) -> Reading:
        return reading(
            specs,
            self._sources.inventory.read(),
            kept=self._kept,
            records=self._sources.records(specs),
            specs_up=specs_up,
            certificate_end=self._sources.certificate_end(),
        )

    def _read_specs(self) -> bool:
        try:
            self._specs = self._sources.specs()
        except MutualisError as error:
            log.error("the specs cannot be read, the last good ones count: %s", error.message)  # noqa: TRY400 (same)
            return False
        return True
