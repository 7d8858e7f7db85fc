"""Passwords and keys of a region's services, each made once. What is there is never made anew."""

from __future__ import annotations

import base64
import hashlib
import secrets
import string
from collections.abc import Mapping
from typing import Final

ACCOUNTS: Final = ("keystone", "glance", "placement", "nova", "neutron", "cinder")
"""Services of OpenStack; each has an account in the database and one in Keystone."""

OTHERS: Final = ("administrator", "reader", "queue", "queue_cookie", "cache")
LETTERS: Final = (
    string.ascii_letters + string.digits
)  # they stand in URLs and in SQL: nothing that means something there
LENGTH: Final = 40
VRRP_LENGTH: Final = 8  # keepalived reads no more (RFC 2338)
FERNET_KEYS: Final = 3  # of tokens: staged, former, primary (Keystone)
CREDENTIAL_KEYS: Final = 2


def completed_passwords(known: Mapping[str, str]) -> dict[str, str]:
    """Name -> password: those known, and new ones for the others."""
    found = {name: known.get(name) or _password(LENGTH) for name in _names()}
    found["balancer"] = known.get("balancer") or _password(VRRP_LENGTH)
    found["queue_hash"] = known.get("queue_hash") or rabbitmq_hash(found["queue"])
    return found


def fernet_keys(number: int) -> list[str]:
    """32 random bytes each, as base64 for URLs (Fernet's specification)."""
    return [base64.urlsafe_b64encode(secrets.token_bytes(32)).decode() for _ in range(number)]


def rabbitmq_hash(password: str) -> str:
    """As RabbitMQ keeps it: four bytes of salt and SHA-256 of salt and password, in base64 (its `passwords` page)."""
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def _names() -> tuple[str, ...]:
    databases = tuple(f"database_{name}" for name in ACCOUNTS)
    return (*databases, *(f"service_{name}" for name in ACCOUNTS), *OTHERS)


def _password(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))
