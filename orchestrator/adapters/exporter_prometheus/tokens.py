"""Members' tokens: who may read which tenant's page. The file holds digests alone, a line each, and is for its owner.

A token is 256 random bits, so one round of SHA-256 keeps it as well as a slow hash would.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import re
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from orchestrator.adapters.exporter_prometheus.watched_file import WatchedFile
from orchestrator.errors import UsageError

log: Final = logging.getLogger(__name__)

_LINE: Final = re.compile(r"([a-z0-9][-a-z0-9]*) sha256:([0-9a-f]{64})")
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_HEADING: Final = "# TENANT sha256:DIGEST, written by `mutualis exporter-token`; a tenant may have several\n"

Digests = Mapping[str, tuple[bytes, ...]]


class TokensFile:
    """Read again when it changes. A file that cannot be read admits nobody: a token may have been withdrawn by it."""

    def __init__(self, file: Path) -> None:
        self._said = ""
        self._file: WatchedFile[Digests] = WatchedFile(file, lambda: (read_tokens(file), (file,)), self._failed)

    def admit(self, tenant: str, authorization: str) -> bool:
        """Whether the header is `Bearer` with a token of the tenant's; the time does not tell how much of it fits."""
        scheme, _, token = authorization.partition(" ")
        digest = hashlib.sha256(token.strip().encode()).digest()
        found = [hmac.compare_digest(digest, known) for known in self._file.current().get(tenant, ())]
        return scheme.lower() == "bearer" and any(found)

    def _failed(self, last: Digests, error: Exception) -> Digests:
        del last
        if str(error) != self._said:
            log.error("no member is admitted: %s", error)
            self._said = str(error)
        return {}


def read_tokens(file: Path) -> Digests:
    """Tenant -> digests. Raises UsageError for a file that others may read or that is not understood."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        with os.fdopen(descriptor, encoding="utf-8") as opened:
            mode = os.fstat(descriptor).st_mode
            text = opened.read()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the tokens in {file} cannot be read", hint="mutualis exporter-token writes them") from error
    if mode & _OTHERS:
        raise UsageError(f"{file} is open to others (mode {stat.S_IMODE(mode):04o})", hint=f"chmod 600 {file}")
    return _parsed(file, text)


def add_token(file: Path, tenant: str) -> str:
    """A new token for a tenant, besides those that it has; only its digest is kept. Raises UsageError, OSError."""
    kept = file.read_text(encoding="utf-8") if file.exists() else _HEADING
    if file.exists():
        read_tokens(file)
    token = f"mutualis_{secrets.token_urlsafe(32)}"
    digest = hashlib.sha256(token.encode()).hexdigest()
    _write(file, f"{kept.rstrip()}\n{tenant} sha256:{digest}\n")
    return token


def remove_tokens(file: Path, tenant: str) -> int:
    """How many tokens of the tenant's are valid no more. Raises UsageError, OSError."""
    count = len(read_tokens(file).get(tenant, ()))
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    _write(file, "".join(line for line in lines if line.partition(" ")[0] != tenant))
    return count


def _parsed(file: Path, text: str) -> Digests:
    found: dict[str, tuple[bytes, ...]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if not match:
            raise UsageError(
                f"{file}:{number}: no line `TENANT sha256:DIGEST`", hint="mutualis exporter-token makes it"
            )
        found[match[1]] = (*found.get(match[1], ()), bytes.fromhex(match[2]))
    return found


def _write(file: Path, text: str) -> None:
    """All or nothing, never readable by others, and still its owner's when root does it."""
    owner = file.stat() if file.exists() else None
    beside = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(text)
            opened.flush()
            if owner:
                os.fchown(descriptor, owner.st_uid, owner.st_gid)
            os.fsync(descriptor)
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
