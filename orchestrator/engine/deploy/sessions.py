"""Which session carries out a resource: one for each provider resource and configuration."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from orchestrator.engine.provider import Provider, ProviderError, Session
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.snapshot import Snapshot
from orchestrator.engine.state.values import has_unknown, plain, without_internals

_NOT_CONFIGURATION = frozenset({"version", "pluginDownloadURL"})


class Sessions:
    """Safe to use from many threads. `environment`: the operation's own variables, never the process's."""

    def __init__(
        self, provider: Provider, environment: Mapping[str, str], snapshot: Snapshot, interruption: threading.Event
    ) -> None:
        self._provider = provider
        self._interruption = interruption
        self._environment = {name: text for name, text in environment.items() if name.startswith("OS_")}
        self._snapshot = snapshot
        self._lock = threading.Lock()
        self._made: dict[str, tuple[dict[str, Any], Session]] = {}

    def of(self, reference: str) -> Session:
        """The session for a provider reference `URN::ID`; raises ProviderError where there can be none yet."""
        urn = reference.rsplit("::", 1)[0]
        entry = self._snapshot.live(urn)
        if entry is None:
            raise ProviderError(f"the provider {urn} is not known")
        configuration = {
            name: value
            for name, value in plain(without_internals(entry.resource.inputs)).items()
            if name not in _NOT_CONFIGURATION
        }
        if has_unknown(configuration):
            raise ProviderError(f"the configuration of provider {urns.name_of(urn)} is known only to a real run")
        with self._lock:
            made = self._made.get(urn)
            if made is None or made[0] != configuration:
                made = (configuration, self._provider.session(configuration, self._environment, self._interruption))
                self._made[urn] = made
            return made[1]
