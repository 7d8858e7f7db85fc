"""The machines' network: switches in a network namespace of their own, which no route and no cable leaves.

The machine that carries it has no address in there. Whoever wants in enters the namespace.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from lab.hosts.commands import run
from lab.hosts.keeper import LARGEST_FRAME
from lab.hosts.shape import HostsShape

_TO_DO = "bring the test hosts down, then up again"


def cable(machine: int, nic: int) -> str:
    """The end of a network card's cable at the switch: machine and card by their numbers in the shape."""
    return f"m{machine}n{nic}"


@dataclass(frozen=True, slots=True)
class Network:
    """The network in the namespace at ``path``. Its commands raise LabError with the system's words."""

    path: Path

    def exists(self) -> bool:
        """Whether the namespace is there: a file on which the kernel mounted it."""
        try:
            return self.path.stat().st_dev != self.path.parent.stat().st_dev
        except OSError:
            return False

    def make(self, shape: HostsShape) -> None:
        """Make what is missing: the namespace, its loopback, a switch each, the cache's address on the first one."""
        if not self.exists():
            self.path.unlink(missing_ok=True)  # somebody was killed between making the file and mounting on it
            run("ip", "netns", "add", self.path.name, what_to_do=_TO_DO)
        self._ip("link", "set", "lo", "up")
        links = self._links()
        for number, _ in enumerate(shape.switches):
            if switch_name(number) not in links:
                self._ip("link", "add", switch_name(number), "type", "bridge")
            self._ip("link", "set", switch_name(number), "mtu", LARGEST_FRAME, "up")
        self._ip("address", "replace", str(shape.cache_address), "dev", switch_name(0))

    def delete(self) -> None:
        """Delete the namespace; the kernel takes all switches and cables with it."""
        if self.exists():
            run("ip", "netns", "delete", self.path.name, what_to_do=_TO_DO)
        self.path.unlink(missing_ok=True)

    def _links(self) -> set[str]:
        return {link["ifname"] for link in json.loads(self._ip("-json", "link", "show") or "[]") if link}

    def _ip(self, *words: str) -> str:
        return run("ip", "-n", self.path.name, *words, what_to_do=_TO_DO)


def switch_name(number: int) -> str:
    return f"switch{number}"
