"""One fault of the made-up cloud, and what an exporter's page says of it: is it told, and does the rest stay right."""

from __future__ import annotations

import time
import urllib.error
from collections.abc import Mapping
from dataclasses import dataclass

from stub_cloud.estate import Estate
from stub_cloud.fault import Fault
from stub_cloud.running import RunningStub
from stub_cloud.size import Size

from exporting.expected import PARTS, expected
from exporting.figures import Figures, Series, differing, figures, series
from exporting.ours import Exporter
from exporting.peer_expected import peer_expected
from exporting.peers import OPENSTACK_EXPORTER
from exporting.server_process import Served

SERVICES = ("placement", "compute", "block-storage", "network")
SCRAPE_LIMIT = 10.0
"""Seconds: Prometheus' own default. A page that takes longer is none."""
UP = {"placement": "placement", "compute": "nova", "block-storage": "cinder", "network": "neutron"}
"""The word of openstack-exporter for each service."""
COLLECTIONS = 2
"""Of ours with one fault."""
By = Mapping[str, Mapping[Series, float]]
"""Right figures by the service that they are read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`told`: seconds until the page (or its absence) says that something is wrong, None: never.

    `right`, `others`: figures of the services that are well, and how many of them the page has right; `silent`: figures
    of the broken service that are not what is true, while nothing says so.
    """

    contender: str
    fault: str
    told: float | None
    right: int
    others: int
    silent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """Everything has other amounts from the moment of the fault on: who shows old ones is found out."""

    stub: RunningStub
    size: Size

    def ours(self, name: str, exporter: Exporter, service: str, fault: Fault) -> Outcome:
        """A collection begins with the fault; a second one if the first has not told it, or has wrong figures."""
        self._mend()
        exporter.collect()
        begun = self._break(service, fault)
        wanted, told = expected(Estate(self.size, 1)), None
        others: By = {one: found for one, found in wanted.items() if one != service}
        for _ in range(COLLECTIONS):
            exporter.collect()
            page = exporter.page()
            if told is None and _ours_tells(page, service):
                told = time.monotonic() - begun
            if told is not None and not _wrong(page, others):
                break
        return _outcome(name, service, fault, told, page, wanted)

    def peer(self, name: str, server: Served, service: str, fault: Fault) -> Outcome:
        """One scrape: it collects then."""
        self._mend()
        begun = self._break(service, fault)
        wanted = peer_expected(name, Estate(self.size, 1))
        try:
            page: Figures = figures(server.get(SCRAPE_LIMIT).decode())
            told = _peer_tells(name, page, service)
        except (urllib.error.URLError, OSError):
            page, told = {}, True
        return _outcome(name, service, fault, time.monotonic() - begun if told else None, page, wanted)

    def _mend(self) -> None:
        self.stub.mend()
        self.stub.set_generation(0)

    def _break(self, service: str, fault: Fault) -> float:
        self.stub.set_generation(1)
        self.stub.break_service(service, fault)
        return time.monotonic()


def _wrong(page: Figures, right: By) -> int:
    return sum(len(differing(page, found)) for found in right.values())


def _ours_tells(page: Figures, service: str) -> bool:
    return any(page.get(series("mutualis_collector_up", part=part)) == 0 for part in PARTS[service])


def _peer_tells(name: str, page: Figures, service: str) -> bool:
    """os_capacity has no word for it."""
    return name == OPENSTACK_EXPORTER and page.get(series(f"openstack_{UP[service]}_up")) == 0


def _outcome(name: str, service: str, fault: Fault, told: float | None, page: Figures, wanted: By) -> Outcome:
    others: By = {one: found for one, found in wanted.items() if one != service}
    number = sum(len(found) for found in others.values())
    silent = 0 if told else len(differing(page, wanted.get(service, {})))
    return Outcome(
        contender=name,
        fault=f"{service}: {fault.value}",
        told=told,
        right=number - _wrong(page, others),
        others=number,
        silent=silent,
    )
