"""Pages as files for node_exporter's textfile collector: whole or not at all, readable by it."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orchestrator.adapters.exporter_prometheus.page import RegionPage
from orchestrator.errors import PermanentFailure

REGION: Final = "mutualis.prom"
MEMBER: Final = "mutualis_tenant_{}.prom"
MODE: Final = 0o644  # node_exporter runs as another user


@dataclass(frozen=True, slots=True, kw_only=True)
class Textfiles:
    """`region`: folder of the file with everything; `members`: folder of a file a tenant. None: not wanted.

    Two folders: the same series in two files of one folder would be refused by node_exporter.
    """

    region: Path | None = None
    members: Path | None = None

    def write(self, page: RegionPage) -> None:
        """Raises PermanentFailure. A member that left the specs loses its file: old figures would go on as if true."""
        try:
            self._write(page)
        except OSError as error:
            hint = "the folder must be there, and the exporter must be able to write to it"
            raise PermanentFailure(f"cannot write {error.filename}: {error.strerror}", hint=hint) from error

    def _write(self, page: RegionPage) -> None:
        if self.region:
            _write(self.region / REGION, page.plain)
        if self.members:
            for tenant in page.members.tenants:
                own = page.members.page(tenant)
                if own:
                    _write(self.members / MEMBER.format(tenant), own.plain)
            kept = {MEMBER.format(tenant) for tenant in page.members.tenants}
            for file in self.members.glob(MEMBER.format("*")):
                if file.name not in kept:
                    file.unlink(missing_ok=True)


def _write(file: Path, content: bytes) -> None:
    """Beside it first, under a name that node_exporter does not read."""
    beside = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            os.fchmod(descriptor, MODE)  # whatever the umask
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
