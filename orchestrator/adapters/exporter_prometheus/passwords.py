"""Basic authentication by bcrypt hashes: slow on purpose, so one check at a time, and successes are remembered."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Final

import bcrypt

REMEMBERED: Final = 256  # successes; a digest each
PATIENCE: Final = 5.0  # seconds to wait for other checks; half of what a request may take
MOST_COST: Final = 15  # 2 s a check on a slow machine; more would let one client hold up all others
_HASH: Final = re.compile(r"\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}")


class BusyError(Exception):
    """Others' passwords are being checked, for too long."""


def fault_of(hash_: str) -> str:
    """Why a text is no hash to check against; "" if it is one."""
    found = _HASH.fullmatch(hash_)
    if not found:
        return "no bcrypt hash"
    cost = int(found[1])
    return "" if 4 <= cost <= MOST_COST else f"a bcrypt hash of cost {cost}: from 4 to {MOST_COST} is taken"  # noqa: PLR2004 (bcrypt's least)


class Users:
    """`hashes`: user -> bcrypt hash. Nobody is asked for a password if there are none."""

    def __init__(self, hashes: Mapping[str, str]) -> None:
        self._hashes = {user: hash_.encode() for user, hash_ in hashes.items()}
        self._key = secrets.token_bytes(32)
        self._seen: OrderedDict[bytes, None] = OrderedDict()
        self._checking = Lock()
        self.checks = 0

    def __bool__(self) -> bool:
        return bool(self._hashes)

    def admits(self, authorization: str) -> bool:
        """Whether the header names a user with the right password. Raises BusyError.

        An unknown user costs as much time as a known one.
        """
        credentials = _credentials(authorization)
        if credentials is None:
            return False
        user, password = credentials
        digest = self._digest(user, password)
        if digest in self._seen:
            return True
        hash_ = self._hashes.get(user)
        right = self._check(password, hash_ or max(self._hashes.values(), key=lambda one: one[4:6]))
        if not (right and hash_):
            return False
        self._remember(digest)
        return True

    def _check(self, password: bytes, hash_: bytes) -> bool:
        if not self._checking.acquire(timeout=PATIENCE):
            raise BusyError
        try:
            self.checks += 1
            return bcrypt.checkpw(password, hash_)
        except ValueError:  # more than 72 bytes: bcrypt cannot tell such passwords apart, so none is right
            return False
        finally:
            self._checking.release()

    def _digest(self, user: str, password: bytes) -> bytes:
        """Keyed by a secret of this process: neither comparable nor to be found by trying outside of it."""
        name = user.encode()
        message = len(name).to_bytes(8) + name + password
        return hmac.digest(self._key, message, hashlib.sha256)

    def _remember(self, digest: bytes) -> None:
        with self._checking:
            self._seen[digest] = None
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)


def _credentials(authorization: str) -> tuple[str, bytes] | None:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, colon, password = base64.b64decode(encoded.strip(), validate=True).partition(b":")
        return (user.decode(), password) if colon else None
    except (binascii.Error, ValueError):
        return None
