"""Start and watch the services' processes; knows nothing of what they serve."""

import os
import subprocess
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from lab.control_plane import OPTIONAL, Service
from lab.disk import check_space
from lab.environment import Environment
from lab.errors import ServiceDiedError
from lab.layout import Layout
from lab.private_file import write_private
from lab.process import living
from lab.rest import answers
from lab.service_log import last_error
from lab.shape_file import DIRECTORY
from lab.waiting import wait_until

_PACKAGE = Path(__file__).parent
_ENTRY = _PACKAGE / "services" / "entry.py"
_PLUGINS = _PACKAGE / "plugins"
_MARGIN = 5 << 20  # bytes; a service that dies with less left on its disk died of that


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervisor:
    """The services of one cloud, run by ``python``, OpenStack's own; ``seconds`` is how long one may take to answer.

    ``optional`` is the environment with the optional services' packages, if the cloud has any.
    """

    layout: Layout
    python: Path
    port_base: int
    optional: Environment | None = None
    seconds: float = 180

    def start(self, services: Collection[Service], digests: dict[str, str]) -> None:
        """Start services in the background, all at once; each has its pid file when this returns."""
        starters = [(service, self._spawn(service)) for service in services]
        for service, starter in starters:
            code = starter.wait()
            if code or not self._has_pid_file(service):
                raise self.death_of(service)
            write_private(self.layout.started_with(service), digests[service.name])

    def _spawn(self, service: Service) -> subprocess.Popen[bytes]:
        log = self.layout.log_of(service)
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            return subprocess.Popen(
                (str(self.python), "-P", str(_ENTRY), str(self.layout.root), service.name),
                env=self._environment(service),
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=descriptor,
                cwd=self.layout.root,
                start_new_session=True,
            )
        finally:
            os.close(descriptor)

    def _environment(self, service: Service) -> dict[str, str]:
        """Return our environment without what would lead the services elsewhere (OS_*, PYTHON*, proxies)."""
        kept = {name: value for name, value in os.environ.items() if not _misleads(name)}
        return kept | {
            DIRECTORY: str(self.layout.root),
            "PYTHONPATH": os.pathsep.join(map(str, self._paths(service))),
            "PYTHONWARNINGS": "ignore",
            "XDG_CACHE_HOME": str(self.layout.cache),  # stevedore keeps entry points there
        }

    def _paths(self, service: Service) -> tuple[Path, ...]:
        more = self.optional if service in OPTIONAL else None
        return (_PLUGINS, more.packages) if more else (_PLUGINS,)

    def wait_for_answer(self, service: Service) -> None:
        """Return when the service's API speaks HTTP; raise ServiceDiedError when it is dead or too late."""
        url = service.url(self.port_base)
        wait_until(lambda: answers(url) or not self._lives(service), seconds=self.seconds)
        if not self._lives(service):
            raise self.death_of(service)
        if not answers(url):
            raise self.silence_of(service)

    def _has_pid_file(self, service: Service) -> bool:
        """Wait a moment for it: a starter that found the service claimed by another ends before the other is done."""
        return wait_until(lambda: self._lives(service), seconds=5)

    def _lives(self, service: Service) -> bool:
        return living(self.layout.pid_file(service)) is not None

    def check_alive(self, services: Collection[Service]) -> None:
        for service in services:
            if not self._lives(service):
                raise self.death_of(service)

    def death_of(self, service: Service) -> Exception:
        return self._failure(service, "has ended")

    def silence_of(self, service: Service, missing: tuple[str, ...] = ()) -> Exception:
        lacking = f" (missing: {', '.join(missing)})" if missing else ""
        return self._failure(service, f"did not become ready within {self.seconds:.0f} s{lacking}")

    def _failure(self, service: Service, what: str) -> Exception:
        check_space(self.layout.root, _MARGIN)
        log = self.layout.log_of(service)
        said = last_error(log)
        return ServiceDiedError(
            service=service.name,
            last_error=said,
            what=f"{what}; it said last: {said}",
            what_to_do="read its log, then bring the cloud up again",
            log=log,
        )


def _misleads(name: str) -> bool:
    return name.startswith(("OS_", "PYTHON")) or name.lower().endswith("_proxy")
