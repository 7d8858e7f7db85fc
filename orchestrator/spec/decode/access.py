"""Who may work in a tenant's projects, to the model."""

from __future__ import annotations

from orchestrator.model.access import Access, AgeKey, Grant, SshKey
from orchestrator.spec.decode.values import Raw


def access(raw: Raw) -> Access:
    return Access(
        groups=tuple(_grant(one) for one in raw.get("groups", ())),
        users=tuple(_grant(one) for one in raw.get("users", ())),
        ssh_keys=tuple(
            SshKey(name=one["name"], public_key=one["publicKey"].rstrip("\n")) for one in raw.get("sshKeys", ())
        ),
        age_keys=tuple(AgeKey(name=one["name"], public_key=one["publicKey"]) for one in raw.get("ageKeys", ())),
    )


def _grant(raw: Raw) -> Grant:
    return Grant(name=raw["name"], roles=tuple(raw["roles"]), projects=tuple(raw.get("projects", ())))
