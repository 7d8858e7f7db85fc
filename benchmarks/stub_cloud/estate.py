"""What the made-up cloud consists of: plain facts and arithmetic, from which answers and right figures are made.

Everything follows from the size and the generation: the same numbers every time. A later generation has other
flavors, volumes and floating IPs; who goes on with old figures is found out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from region.tenant_file import SITES, tenant_name

from stub_cloud.size import Size

FLAVORS = {"nano": (1, 512, 2), "small": (1, 2048, 10), "medium": (2, 4096, 20), "large": (4, 8192, 40)}
"""The demo catalogue's: vcpus, MiB, GiB of disk."""
RATIO = 4
"""Vcpus a thread, as the demo's region says."""
THREADS, MEMORY_MIB, RESERVED_MIB, DISK_GIB = 128, 1024 * 1024, 8 * 1024, 4000
"""Of each host."""
TIERS = ("ssd", "hdd")
POOL_GIB = {"ssd": 2_000_000, "hdd": 8_000_000}
ADDRESSES = 1_000_000
"""Of the external network."""
FOREIGN = ("admin", "service", "somebody")
"""Projects of no tenant."""
EVERY_FULL, EVERY_DISABLED, EVERY_SHELVED = 100, 50, 97
"""Each so-manieth host is full to the last unit, or disabled; each so-manieth server is on no host."""
Amounts = dict[str, int]
"""Placement's resource class -> amount."""


def identifier(kind: str, number: int) -> str:
    """The same for ever."""
    return f"{KINDS.index(kind):08x}-0000-4000-8000-{number:012x}"


KINDS = ("project", "host", "server", "volume", "network", "subnet", "router", "port", "floating", "group", "service")


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """`tenant`: empty for one of nobody. `number` from 1; 0 and below: of nobody."""

    number: int
    name: str
    tenant: str

    @property
    def id(self) -> str:
        return identifier("project", self.number + len(FOREIGN)).replace("-", "")

    @property
    def site(self) -> str:
        return SITES[self.number % 2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    number: int

    @property
    def name(self) -> str:
        return f"host-{self.number:03}"

    @property
    def id(self) -> str:
        return identifier("host", self.number)

    @property
    def site(self) -> str:
        return SITES[self.number % 2]

    @property
    def enabled(self) -> bool:
        return self.number % EVERY_DISABLED != EVERY_DISABLED - 1

    @property
    def full(self) -> bool:
        return self.number % EVERY_FULL == EVERY_FULL // 2

    @property
    def capacity(self) -> Amounts:
        return {"VCPU": THREADS * RATIO, "MEMORY_MB": MEMORY_MIB - RESERVED_MIB, "DISK_GB": DISK_GIB}


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """`host`: None: it is shelved."""

    number: int
    project: Project
    host: Host | None
    flavor: str
    status: str

    @property
    def id(self) -> str:
        return identifier("server", self.number)

    @property
    def takes(self) -> Amounts:
        return dict(zip(("VCPU", "MEMORY_MB", "DISK_GB"), FLAVORS[self.flavor], strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    number: int
    project: Project
    tier: str
    size_gib: int

    @property
    def id(self) -> str:
        return identifier("volume", self.number)


@dataclass(frozen=True)
class Estate:
    """`generation`: changes amounts, never what there is, so that lists stay as long as they were."""

    size: Size
    generation: int = 0

    @cached_property
    def projects(self) -> tuple[Project, ...]:
        """Those of nobody last."""
        tenants = [
            Project(number=n, name=tenant_name(n), tenant=tenant_name(n)) for n in range(1, self.size.tenants + 1)
        ]
        foreign = [Project(number=-n, name=name, tenant="") for n, name in enumerate(FOREIGN)]
        return (*tenants, *foreign)

    @cached_property
    def hosts(self) -> tuple[Host, ...]:
        return tuple(Host(number=number) for number in range(self.size.hosts))

    @cached_property
    def servers(self) -> tuple[Server, ...]:
        return tuple(self._server(number) for number in range(self.size.servers))

    def _server(self, number: int) -> Server:
        project = self.projects[number % len(self.projects)]
        spread = (number * 7 + number // len(self.projects)) % (self.size.hosts // 2)
        shelved = number % EVERY_SHELVED == EVERY_SHELVED - 1
        running = "ACTIVE" if number % 10 else "SHUTOFF"
        return Server(
            number=number,
            project=project,
            host=None if shelved else self.hosts[2 * spread + project.number % 2],
            flavor=tuple(FLAVORS)[(number + self.generation) % len(FLAVORS)],
            status="SHELVED_OFFLOADED" if shelved else running,
        )

    @cached_property
    def volumes(self) -> tuple[Volume, ...]:
        return tuple(self._volume(number) for number in range(self.size.servers))

    def _volume(self, number: int) -> Volume:
        turn = number // len(self.projects)
        return Volume(
            number=number,
            project=self.projects[number % len(self.projects)],
            tier=TIERS[turn % 2],
            size_gib=10 + (number + self.generation) % 5 * 10,
        )

    @cached_property
    def used(self) -> dict[int, Amounts]:
        """Host number -> what Placement has given; of a full host all there is, by whatever consumers."""
        found = {host.number: dict.fromkeys(host.capacity, 0) for host in self.hosts}
        for server in self.servers:
            if server.host:
                own = found[server.host.number]
                for name, amount in server.takes.items():
                    own[name] += amount
        return found | {host.number: host.capacity for host in self.hosts if host.full}

    def addresses(self) -> Iterator[Project]:
        """The project of each floating IP."""
        for project in self.projects:
            yield from (project,) * (1 + (project.number + self.generation) % 2)

    def quota(self, project: Project) -> dict[str, int]:
        """What the services let a project take, by our names; the same in every generation."""
        more = project.number % 3
        return {
            "vcpus": 20 + more,
            "memoryMiB": 40960 + 1024 * more,
            "servers": 10 + more,
            "ssd": 300 + 10 * more,
            "hdd": 500 + 10 * more,
            "floatingIPs": 3 + more,
        }
