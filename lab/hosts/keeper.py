"""What stands in for a machine's hardware: plugs its cables in, and starts it again when it reboots itself.

``python -P -m lab.hosts.keeper JSON``, in the machine's control group and in the network: a ``Keeper`` as JSON.
"""

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass

from lab.errors import LabError
from lab.hosts.commands import run
from lab.waiting import wait_until

LARGEST_FRAME = "9216"  # bytes; cables and switches pass whatever the machines' own MTU lets out
_REBOOT = 133  # systemd-nspawn's exit code for: start me again
_SECONDS = 60  # until a starting container has its network cards, on a loaded computer


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """``command`` runs the machine until it powers off or reboots; ``cables`` are (end of it, switch)."""

    command: tuple[str, ...]
    cables: tuple[tuple[str, str], ...]

    @property
    def program(self) -> tuple[str, ...]:
        """The command line of this keeper."""
        return (sys.executable, "-P", "-m", "lab.hosts.keeper", json.dumps(asdict(self)))

    def keep(self) -> int:
        """Run the machine until it powers off; return its exit code."""
        while True:
            wait_until(self._unplugged, seconds=_SECONDS)
            with subprocess.Popen(self.command, stdin=subprocess.DEVNULL) as machine:
                wait_until(lambda: self._plug_in() or machine.poll() is not None, seconds=_SECONDS)
                code = machine.wait()
            if code != _REBOOT:
                return code

    def _unplugged(self) -> bool:
        """Whether no cable is left of a machine that lost its power: the kernel takes them away later, or we do now."""
        left = {end for end, _ in self.cables} & _links()
        for end in left:
            with suppress(LabError):  # it went meanwhile
                _ip("link", "delete", end)
        return not left

    def _plug_in(self) -> bool:
        """Whether all cables are there, and in."""
        if not {end for end, _ in self.cables} <= _links():
            return False
        try:
            for end, switch in self.cables:
                _ip("link", "set", end, "mtu", LARGEST_FRAME, "master", switch, "up")
        except LabError:  # the machine went, and its cables with it
            return False
        return True


def _links() -> set[str]:
    return {link["ifname"] for link in json.loads(_ip("-json", "link", "show") or "[]") if link}


def _ip(*words: str) -> str:
    return run("ip", *words, what_to_do="bring the test hosts down, then up again")


if __name__ == "__main__":
    data = json.loads(sys.argv[1])
    cables = tuple((end, switch) for end, switch in data["cables"])
    sys.exit(Keeper(command=tuple(data["command"]), cables=cables).keep())
