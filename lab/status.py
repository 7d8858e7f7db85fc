"""What the cloud's services are doing, for people and programs: plain frozen results."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lab.control_plane import Service
from lab.definition import Definition
from lab.layout import Layout
from lab.process import living


class State(StrEnum):
    UP = "up"
    DOWN = "down"
    DEAD = "dead"  # was started and ended by itself, or was killed


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStatus:
    """One service: memory in bytes, CPU time in seconds; both 0 and no pid unless it is up."""

    name: str
    state: State
    url: str
    log: Path
    pid: int | None = None
    rss_bytes: int = 0
    cpu_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudStatus:
    """All services, in the control plane's order; empty if the directory holds no cloud."""

    directory: Path
    services: tuple[ServiceStatus, ...]

    @property
    def is_up(self) -> bool:
        return bool(self.services) and all(service.state is State.UP for service in self.services)

    @property
    def is_down(self) -> bool:
        return all(service.state is not State.UP for service in self.services)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A cloud that is ready: how to reach it and what ``up`` had to do (``started`` names services; none: it ran)."""

    auth_url: str
    clouds_yaml: Path
    cloud_name: str
    reader_name: str
    started: tuple[str, ...]
    seconds: float
    status: CloudStatus

    @property
    def already_running(self) -> bool:
        return not self.started


def status_of(layout: Layout, definition: Definition | None) -> CloudStatus:
    if definition is None:
        return CloudStatus(directory=layout.root, services=())
    services = tuple(_status_of(layout, service, definition.port_base) for service in definition.services)
    return CloudStatus(directory=layout.root, services=services)


def _status_of(layout: Layout, service: Service, port_base: int) -> ServiceStatus:
    pid_file = layout.pid_file(service)
    process = living(pid_file)
    url, log = service.url(port_base), layout.log_of(service)
    if process is None:
        state = State.DEAD if pid_file.exists() else State.DOWN
        return ServiceStatus(name=service.name, state=state, url=url, log=log)
    return ServiceStatus(
        name=service.name,
        state=State.UP,
        url=url,
        log=log,
        pid=process.pid,
        rss_bytes=process.rss_bytes,
        cpu_seconds=process.cpu_seconds,
    )
