"""Where the product is, and the environment in which its commands run."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from measurement.process import run

CHECKOUT = Path(__file__).parents[2]
SETUP_LIMIT = 900.0
_FOLLOWING_PIP = 'source "$0"; follow_pip "$1"; shift; exec "$@"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """`mutualis`: the command; its Python stands beside it. `environment`: of all commands of one benchmark."""

    mutualis: Path
    environment: Mapping[str, str]

    @property
    def python(self) -> Path:
        return self.mutualis.with_name("python")

    @property
    def uv(self) -> Path:
        return self.mutualis.with_name("uv")

    @property
    def state(self) -> Path:
        return Path(self.environment["MUTUALIS_STATE"])

    def following_pip(self, *command: str | Path) -> list[str | Path]:
        """The command, told of packages as this machine's pip is."""
        environment = CHECKOUT / "scripts" / "lib" / "environment.sh"
        return ["bash", "-c", _FOLLOWING_PIP, environment, self.python, *command]


def product(folder: Path) -> Product:
    """The checkout's, set up if it is not yet; what it writes goes below `folder`."""
    passphrase = folder / "passphrase"
    passphrase.write_text(secrets.token_hex(16), encoding="ascii")
    passphrase.chmod(0o600)
    unwanted = ("OS_", "PULUMI_CONFIG_PASSPHRASE", "MUTUALIS_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    temporary = folder / "tmp"
    temporary.mkdir()
    environment = {
        **kept,
        "TMPDIR": str(temporary),  # a process that is ended cannot clean up after itself
        "MUTUALIS_STATE": str(folder / "state"),
        "MUTUALIS_PASSPHRASE_FILE": str(passphrase),
    }
    return Product(mutualis=_command(), environment=environment)


def _command() -> Path:
    beside = Path(sys.executable).with_name("mutualis")
    if beside.exists():
        return beside
    done = run([CHECKOUT / "scripts" / "setup.sh", "run"], limit=SETUP_LIMIT)
    return Path(done.output.splitlines()[-1])
