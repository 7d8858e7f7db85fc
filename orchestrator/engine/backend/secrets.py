"""Pulumi's passphrase secrets: PBKDF2-HMAC-SHA256, AES-256-GCM, and the salt line that proves a passphrase.

Deriving a key takes more than a second of processor time on purpose; it is done once in a process for each
passphrase and salt.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from orchestrator.engine.errors import EngineError, StateError
from orchestrator.engine.state.values import SECRET, SIGNATURE

_ROUNDS: Final = 1_000_000  # Pulumi's number: another one cannot be read by it
_PROOF: Final = "pulumi"
_keys: Final[dict[tuple[str, bytes], bytes]] = {}
_deriving: Final = threading.Lock()


class Vault:
    """Seals and opens the secrets of one stack.

    A value that did not change keeps the ciphertext it was read with, so that writing a state twice gives the
    same file; `place` is what tells one value of a state from another.
    """

    def __init__(self, key: bytes, salt_line: str) -> None:
        self._cipher = AESGCM(key)
        self.salt_line = salt_line
        self._known: dict[str, tuple[str, str]] = {}

    def seal_text(self, text: str) -> str:
        nonce = os.urandom(12)
        sealed = self._cipher.encrypt(nonce, text.encode(), None)
        return f"v1:{base64.b64encode(nonce).decode()}:{base64.b64encode(sealed).decode()}"

    def open_text(self, ciphertext: str) -> str:
        try:
            version, nonce, sealed = ciphertext.split(":")
            if version != "v1":
                raise StateError(f"error: a secret is sealed in the unknown form {version!r}")
            return self._cipher.decrypt(base64.b64decode(nonce), base64.b64decode(sealed), None).decode()
        except (ValueError, binascii.Error, InvalidTag) as error:
            raise StateError("error: a secret cannot be opened: it was sealed with another key") from error

    def seal(self, place: str, value: Any) -> dict[str, Any]:
        """The object that stands for a secret in a checkpoint."""
        text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        before = self._known.get(place)
        if before is None or before[0] != text:
            before = self._known[place] = (text, self.seal_text(text))
        return {SIGNATURE: SECRET, "ciphertext": before[1]}

    def unseal(self, place: str, found: Mapping[str, Any]) -> Any:
        """The value behind such an object, sealed or (as an export shows it) in clear."""
        if "plaintext" in found:
            return json.loads(found["plaintext"])
        text = self.open_text(found["ciphertext"])
        self._known[place] = (text, found["ciphertext"])
        return json.loads(text)


def revealed(_place: str, value: Any) -> dict[str, Any]:
    """The object that stands for a secret where secrets are asked for in clear."""
    return {SIGNATURE: SECRET, "plaintext": json.dumps(value, separators=(",", ":"), ensure_ascii=False)}


def passphrase(environment: Mapping[str, str], work_dir: Path) -> str:
    """The passphrase of an operation; an empty one is refused, because everybody knows it."""
    text = environment.get("PULUMI_CONFIG_PASSPHRASE", "")
    file = environment.get("PULUMI_CONFIG_PASSPHRASE_FILE", "")
    if not text and file:
        try:
            text = (work_dir / file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise EngineError(f"error: cannot read PULUMI_CONFIG_PASSPHRASE_FILE: {error}") from error
    if not text:
        raise EngineError(
            "error: no passphrase: set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE in the operation's "
            "environment; an empty one is refused"
        )
    return text


def unlock(secret: str, salt_line: str) -> Vault:
    """The vault of an existing salt line, after proof that the passphrase is the right one."""
    try:
        version, salt, proof = salt_line.split(":", 2)
        raw = base64.b64decode(salt, validate=True)
    except (ValueError, binascii.Error) as error:
        raise StateError("error: the encryption salt is not of the form v1:SALT:PROOF") from error
    if version != "v1":
        raise StateError(f"error: the encryption salt has the unknown version {version!r}")
    vault = Vault(_derive(secret, raw), salt_line)
    try:
        proved = vault.open_text(proof) == _PROOF
    except StateError:
        proved = False
    if not proved:
        raise StateError("error: incorrect passphrase")
    return vault


def fresh(secret: str) -> Vault:
    """A vault with a new salt."""
    raw = os.urandom(8)
    vault = Vault(_derive(secret, raw), "")
    vault.salt_line = f"v1:{base64.b64encode(raw).decode()}:{vault.seal_text(_PROOF)}"
    return vault


def _derive(secret: str, salt: bytes) -> bytes:
    key = _keys.get((secret, salt))
    if key is None:
        with _deriving:  # a thousand stacks with one salt wait for one derivation instead of making a thousand
            key = _keys.get((secret, salt))
            if key is None:
                key = PBKDF2HMAC(SHA256(), 32, salt, _ROUNDS).derive(secret.encode())
                _keys[secret, salt] = key
    return key
