"""Bring a cloud up from whatever state it is in: nothing, half started, partly dead, or running already."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lab.configuration.files import write_configuration
from lab.configuration.ini import Facts
from lab.control_plane import CINDER, KEYSTONE, NOVA, OPTIONAL, Service
from lab.definition import Definition, store_definition
from lab.keys import make_keys
from lab.layout import Layout
from lab.ports import check_free
from lab.process import end, living
from lab.readiness import readiness
from lab.registration import is_registered, register, remember_registered
from lab.relocation import is_elsewhere, relocate
from lab.supervisor import Supervisor
from lab.waiting import wait_until

Progress = Callable[[str], None]
_ASK_EVERY = 0.2  # seconds; each question costs Nova and Cinder a few milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Startup:
    """All that one start needs; runs under the cloud's guard."""

    layout: Layout
    definition: Definition
    passwords: Mapping[str, str]
    supervisor: Supervisor
    progress: Progress

    def run(self) -> tuple[str, ...]:
        """Start what is missing or reads an outdated configuration; return the started services' names when ready."""
        make_keys(self.layout)
        digests = write_configuration(self._facts())
        end(tuple(self.layout.pid_file(service) for service in self._outdated(digests)))
        missing = tuple(service for service in self.definition.services if not self._lives(service))
        check_free(self.definition.port_base, tuple(service.name for service in missing))
        relocate(self.layout, self.definition)
        store_definition(self.layout, self.definition)
        if missing:
            self.progress(f"starting {', '.join(service.name for service in missing)}")
            self.supervisor.start(missing, digests)
        self._register()
        self._wait()
        return tuple(service.name for service in missing)

    def _facts(self) -> Facts:
        return Facts(
            layout=self.layout,
            definition=self.definition,
            passwords=self.passwords,
            prefix=self.supervisor.python.parent.parent,
            optional_prefix=self.supervisor.optional.directory if self.supervisor.optional else None,
        )

    def _outdated(self, digests: Mapping[str, str]) -> tuple[Service, ...]:
        """Return the services to stop: all of them before the state moves to other ports or another directory."""
        if is_elsewhere(self.layout, self.definition):
            return self.definition.services
        return tuple(service for service in self.definition.services if self._read_by(service) != digests[service.name])

    def _read_by(self, service: Service) -> str:
        path = self.layout.started_with(service)
        return path.read_text(encoding="ascii") if path.exists() else ""

    def _lives(self, service: Service) -> bool:
        return living(self.layout.pid_file(service)) is not None

    def _register(self) -> None:
        self.supervisor.wait_for_answer(KEYSTONE)
        if not is_registered(self.layout, self.definition):
            register(self.definition, self.passwords)
            remember_registered(self.layout, self.definition)
            self.progress("users and endpoints registered")

    def _wait(self) -> None:
        for service in self.definition.services:
            self.supervisor.wait_for_answer(service)
        self.progress("all APIs answer")
        limit = time.monotonic() + self.supervisor.seconds
        missing: tuple[str, ...] = ()

        def ready() -> bool:
            nonlocal missing
            self.supervisor.check_alive(self.definition.services)
            missing = readiness(self.definition, self.passwords)
            return not missing

        if not wait_until(ready, seconds=limit - time.monotonic(), every=_ASK_EVERY):
            raise self.supervisor.silence_of(_culprit(missing), missing)


def _culprit(missing: tuple[str, ...]) -> Service:
    """Return the service whose log tells most about what is missing."""
    for service in OPTIONAL:
        if all(item.startswith(service.name) for item in missing):
            return service
    return CINDER if all(item.startswith("volume") for item in missing) else NOVA
