"""The OpenStack provider as fleet calls use it: the same types and rules, with reads from shared lists."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from threading import Event, Lock

from typing_extensions import override

from orchestrator.engine.cloud.connection import Connection
from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.cloud.settings import KEEP_SCOPE, Settings, settings_of
from orchestrator.engine.fleet.borrowed import CountedConnection
from orchestrator.engine.fleet.listed import ListedConnection
from orchestrator.engine.fleet.listing import Place, places_of
from orchestrator.engine.fleet.lists import LIST_SECONDS, Lists
from orchestrator.engine.fleet.lookups import Lookups
from orchestrator.engine.fleet.session import FleetSession, Ignored, Unlisted
from orchestrator.engine.fleet.tally import Tally
from orchestrator.engine.provider import Properties


class Fleet:
    """What all stacks of one fleet call share: the lists of each credential and the answers of look-ups.

    `kinds`: types that stand in the states, so that their lists are asked for at the same time; `further`: lists
    that are looked into besides; `patience`: seconds for one list.
    """

    def __init__(
        self,
        provider: OpenStackProvider,
        kinds: Collection[str],
        interruption: Event,
        further: Collection[Place] = (),
        patience: float = LIST_SECONDS,
    ) -> None:
        self.provider = provider
        self.lookups = Lookups()
        self.told: set[str] = set()
        self._places = frozenset(place for kind in kinds for place in places_of(kind)) | frozenset(further)
        self._interruption = interruption
        self._patience = patience
        self._lock = Lock()
        self._views: dict[Settings, _View] = {}

    @property
    def list_calls(self) -> int:
        return sum(view.calls for view in self._views.values())

    @property
    def lists(self) -> tuple[Lists, ...]:
        """Of each credential that was used."""
        return tuple(view.lists for view in self._views.values())

    def listed(self, settings: Settings) -> ListedConnection:
        """The lists of this credential, as a connection; the first to ask fills them while the others wait."""
        whole = replace(settings, scope=(), account="")
        with self._lock:
            if whole not in self._views:
                self._views[whole] = _View(self.provider.connection(whole), self._interruption, self._patience)
            view = self._views[whole]
        return view.prepared(self._places)


class _View:
    """What one credential sees by lists."""

    def __init__(self, connection: Connection, interruption: Event, patience: float) -> None:
        self._counted = CountedConnection(connection)
        self.lists = Lists(self._counted, interruption, patience)
        self._connection = ListedConnection(self._counted, self.lists)
        self._lock = Lock()
        self._is_prepared = False

    @property
    def calls(self) -> int:
        return self._counted.calls

    def prepared(self, places: Collection[Place]) -> ListedConnection:
        with self._lock:
            if not self._is_prepared:
                self.lists.prepare(places)
                self._is_prepared = True
        return self._connection


class FleetProvider(OpenStackProvider):
    """For one stack of a fleet."""

    def __init__(self, fleet: Fleet, tally: Tally, unlisted: Unlisted, ignored: Ignored = lambda _kind: ()) -> None:
        super().__init__()
        self._ignored = ignored
        self._fleet = fleet
        self._tally = tally
        self._unlisted = unlisted

    @override
    def session(
        self, configuration: Properties, environment: Mapping[str, str], interruption: Event | None = None
    ) -> FleetSession:
        settings = settings_of(configuration, environment)
        fleet = self._fleet
        return FleetSession(
            fleet.provider.connection(settings),
            fleet.provider.locks(settings),
            interruption,
            listed=fleet.listed(settings),
            tally=self._tally,
            lookups=fleet.lookups,
            unlisted=self._unlisted,
            ignored=self._ignored,
            narrow=bool(environment.get(KEEP_SCOPE)),
            told=fleet.told,
        )
