"""A process that applies one tenant until it is killed with all that it has started: as when a machine goes dark."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from measurement.errors import BenchmarkError
from measurement.process import Finished, run
from measurement.product import Product
from measurement.program import progress

from crashes.gateway import Gateway

SCRIPT = Path(__file__).parents[1] / "tenancies" / "by_pulumi.py"
LIMIT = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Victim:
    """One tenant's stack in a folder of its own. `engine`: embedded or official."""

    product: Product
    engine: str
    folder: Path
    clouds: Path
    cloud: str

    def killed(self, gateway: Gateway, at: int, *, is_carried_out: bool) -> bool:
        """Whether the apply made a call of that number, and was killed at it."""
        process: subprocess.Popen[bytes] | None = None

        def kill() -> None:
            if process is not None:
                _end_session(process.pid)

        gateway.arm(at, is_carried_out=is_carried_out, kill=kill)
        process = subprocess.Popen(
            self._command("build"),
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            code = process.wait(LIMIT)
        finally:
            _end_session(process.pid)
        gateway.arm(0, is_carried_out=False, kill=kill)
        return code == -signal.SIGKILL

    def act(self, action: str) -> Finished:
        """`build` or `delete`, undisturbed. Raises BenchmarkError when it fails."""
        return run(self._command(action), limit=LIMIT, environment=self._environment())

    def next_run(self) -> tuple[bool, int]:
        """Whether the next apply ends well, and how often a hand was needed: the dead process's lock taken away."""
        try:
            self.act("build")
        except BenchmarkError:
            locks = list((self.folder / "state" / ".pulumi" / "locks").rglob("*.json"))
            for lock in locks:
                lock.unlink()  # what `pulumi cancel` does
        else:
            return True, 0
        try:
            self.act("build")
        except BenchmarkError as err:
            progress(f"does not converge: {err}")
            return False, int(bool(locks))
        return True, int(bool(locks))

    def _command(self, action: str) -> list[str]:
        said = (action, self.engine, self.folder, self.clouds, self.cloud, "1", "1")
        return [str(part) for part in (self.product.python, SCRIPT, *said)]

    def _environment(self) -> Mapping[str, str]:
        passphrase = self.folder / "passphrase"
        if not passphrase.exists():
            self.folder.mkdir(exist_ok=True)
            passphrase.write_text(secrets.token_hex(16), encoding="ascii")
        return {**self.product.environment, "PULUMI_CONFIG_PASSPHRASE": passphrase.read_text(encoding="ascii")}


def _end_session(leader: int) -> None:
    """The CLI puts its plugins into groups of their own, so the session is asked for."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[3]) == leader:
                    os.kill(int(entry.name), signal.SIGKILL)
