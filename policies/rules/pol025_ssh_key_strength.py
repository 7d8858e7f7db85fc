"""POL025: SSH keys are as strong as what they open."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Final

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from policies.rule import Rule, living, tenant_ref

BITS: Final = 3072
"""Of an RSA modulus. The other kinds that specs accept (Ed25519, ECDSA from 256 bits on) are strong enough."""
RSA: Final = "ssh-rsa"
LENGTH_BYTES: Final = 4


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        for index, key in enumerate(tenant.access.ssh_keys):
            kind, blob = key.public_key.split(" ")[:2]
            bits = _modulus_bits(blob) if kind == RSA else BITS
            if bits < BITS:
                message = f"SSH key '{key.name}' of '{tenant.name}' is RSA with {bits} bits; {BITS} are needed"
                path = ("spec", "access", "sshKeys", index, "publicKey")
                yield Violation(object=tenant_ref(tenant), path=path, message=message)


def _modulus_bits(blob: str) -> int:
    """RFC 4253, section 6.6: the fields `ssh-rsa`, e, n, each behind its length; 0 when there are others."""
    rest, fields = base64.b64decode(blob), []
    while len(rest) >= LENGTH_BYTES:
        end = LENGTH_BYTES + int.from_bytes(rest[:LENGTH_BYTES], "big")
        fields.append(rest[LENGTH_BYTES:end])
        rest = rest[end:]
    match fields:
        case [_, _, modulus]:
            return int.from_bytes(modulus, "big").bit_length()
        case _:
            return 0


RULE = Rule(
    code="POL025",
    name="ssh-key-strength",
    severity=Severity.WARNING,
    summary=f"RSA keys have {BITS} bits at least.",
    hint="make a new one with ssh-keygen -t ed25519",
    reference="ANSSI, Recommandations pour un usage sécurisé d'(Open)SSH; Guide des mécanismes cryptographiques",
    check=_check,
)
