"""What hosts do for servers and volumes, as the cloud knows it: services in duty or not, and the servers on a host."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from orchestrator.model.counted import counted

MAINTENANCE: Final = "mutualis: maintenance"
"""Why a service is disabled that we disabled: what has another reason, or none, is not ours to enable."""


NAMED: Final = 5
"""Objects named in a sentence; the rest is counted."""


class Binary(StrEnum):
    """Services that new servers or volumes are given to."""

    COMPUTE = "nova-compute"
    VOLUME = "cinder-volume"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostService:
    """`id`: its API's; `backend`: of a volume service; `up`: it reported lately; `reason`: why it is disabled."""

    host: str
    binary: Binary
    id: str
    up: bool
    enabled: bool
    reason: str = ""
    backend: str = ""

    @property
    def ours(self) -> bool:
        """Whether we took it out of duty."""
        return not self.enabled and self.reason == MAINTENANCE

    @property
    def text(self) -> str:
        """`nova-compute`, `cinder-volume of lvm`."""
        return f"{self.binary.value} of {self.backend}" if self.backend else self.binary.value


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedServer:
    """A server with its host. `status`: Nova's; `task`: what Nova does with it now, else empty.

    `disk_gib`: of the host's disks: root (none when it boots from a volume), ephemeral and swap, rounded up.
    """

    id: str
    name: str
    project_id: str
    host: str
    status: str
    task: str
    vcpus: int
    memory_mib: int
    disk_gib: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerGroup:
    """Servers of one rule. `policy`: Nova's, `anti-affinity` among others; `members`: ids."""

    id: str
    policy: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """A server that was moved off a host, whose disks stay there until somebody says that this is well (Nova: confirm).

    `resized`: by its member, who has to say so; else by an administrator, to move it.
    """

    server: str  # id
    resized: bool


LIVE: Final = frozenset({"ACTIVE", "PAUSED"})
"""Status of servers that Nova moves without stopping them."""

COLD: Final = frozenset({"SHUTOFF", "ACTIVE"})
"""Status of servers that Nova moves by copying their disks; a running one is stopped for that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerMove:
    """A server that leaves a host. `owner`: its tenant, or its project's id; `target`: where it fits, as far as known.

    `others`: where else it may stand.
    """

    server: CarriedServer
    owner: str
    target: str
    others: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """`server web-1 of arcy`."""
        return f"server {self.server.name} of {self.owner}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostHoldings:
    """What the cloud knows of one host at this moment.

    `allocations`: what Placement has given out of it: ids of servers, or of moves that nobody confirmed; `volumes`:
    ids of those that its services keep; `running`: what of it reported lately, in words; `known`: what removing it
    would take away, in words.
    """

    servers: tuple[CarriedServer, ...] = ()
    allocations: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    known: tuple[str, ...] = ()

    @property
    def carries(self) -> str:
        """What keeps it from being removed or wiped, in words; empty: nothing."""
        counts = (
            (len(self.servers), "server", ", ".join(one.name for one in self.servers[:NAMED])),
            (len(self.allocations), "Placement allocation", ", ".join(self.allocations[:NAMED])),
            (len(self.volumes), "volume", ", ".join(self.volumes[:NAMED])),
        )
        return "; ".join(
            f"{counted(count, noun)} ({names}{', ...' if count > NAMED else ''})"
            for count, noun, names in counts
            if count
        )
