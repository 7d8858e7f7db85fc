"""The `openstack` package of Pulumi, carried out in this process."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from orchestrator.engine.cloud.check import checked
from orchestrator.engine.cloud.collisions import foreseen
from orchestrator.engine.cloud.connection import Connection, Identity
from orchestrator.engine.cloud.diff import difference
from orchestrator.engine.cloud.holds import held
from orchestrator.engine.cloud.locks import Locks
from orchestrator.engine.cloud.registry import HANDLERS, type_of
from orchestrator.engine.cloud.session import OpenStackSession
from orchestrator.engine.cloud.settings import Settings, settings_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from threading import Event

    from orchestrator.engine.provider import Checked, Difference, Planned, Properties

VERSION: Final = "5.5.3"  # the version of pulumi_openstack whose schema `types/` describes


class OpenStackProvider:
    """All types that are carried out. Identities and connections are made once and shared by all stacks."""

    package = "openstack"
    version = VERSION

    def __init__(self) -> None:
        self._identities: dict[tuple[object, ...], tuple[Identity, Locks]] = {}
        self._connections: dict[tuple[object, ...], Connection] = {}
        self._guard = Lock()

    def supports(self, kind: str) -> bool:
        return kind in HANDLERS

    def secret_outputs(self, kind: str) -> frozenset[str]:
        return frozenset(name for name, prop in type_of(kind).properties.items() if prop.secret)

    def check(self, kind: str, name: str, inputs: Properties) -> Checked:
        return checked(type_of(kind), name, inputs)

    def diff(self, kind: str, *, old_outputs: Properties, inputs: Properties, old_inputs: Properties) -> Difference:  # noqa: ARG002 (by rule, outputs are what counts)
        return difference(type_of(kind), old_outputs, inputs)

    def foreseen(
        self, coming: Sequence[Planned], leaving: Sequence[Planned], everything: Sequence[Planned]
    ) -> Mapping[str, str]:
        return foreseen(coming, leaving, everything)

    def held(self, leaving: Sequence[Planned], staying: Sequence[Planned]) -> Mapping[str, str]:
        return held(leaving, staying)

    def session(
        self, configuration: Properties, environment: Mapping[str, str], interruption: Event | None = None
    ) -> OpenStackSession:
        settings = settings_of(configuration, environment)
        return OpenStackSession(self.connection(settings), self.locks(settings), interruption)

    def connection(self, settings: Settings) -> Connection:
        """The connection of these settings; made once, and no call is made for it."""
        mark = _file_mark(settings)
        with self._guard:
            if (settings, mark) not in self._connections:
                self._connections[settings, mark] = Connection(self._identity(settings, mark)[0], settings)
            return self._connections[settings, mark]

    def locks(self, settings: Settings) -> Locks:
        """Of the credential, in whatever scope."""
        with self._guard:
            return self._identity(settings, _file_mark(settings))[1]

    def _identity(self, settings: Settings, mark: tuple[int, int]) -> tuple[Identity, Locks]:
        key = (settings.identity, settings.region, mark)
        if key not in self._identities:
            self._identities[key] = (Identity(settings), Locks())
        return self._identities[key]


def _file_mark(settings: Settings) -> tuple[int, int]:
    """Changes when clouds.yaml does: a password changed there makes a new identity."""
    file = dict(settings.identity).get("OS_CLIENT_CONFIG_FILE")
    if not file or not Path(file).is_file():
        return (0, 0)
    status = Path(file).stat()
    return (status.st_mtime_ns, status.st_size)
